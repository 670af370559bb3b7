package dev.waybill.model.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.model.json.Messages;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class ManifestSignatureTest {
  private static final FileId FILE = FileId.parse("maps/europe.bin@7");
  private static final ManifestHash START = ManifestHash.start(FILE, 1000);
  private static final List<String> CHAIN = List.of("AAAA");
  private static final KeyPair KEYS = keys();

  private static KeyPair keys() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Checksum checksum(int i) {
    return Checksum.of(ByteBuffer.allocate(4).putInt(0, i));
  }

  private static List<Checksum> checksums(int count) {
    List<Checksum> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(checksum(i));
    }
    return all;
  }

  private static ManifestSignature signed(ManifestHash hash, Long size) {
    return ManifestSignature.by(KEYS.getPrivate(), CHAIN, hash, size, 1_700_000_000);
  }

  private static final ManifestPolicy STRICT =
      new ManifestPolicy((h, s) -> s.isOf(h, KEYS.getPublic()) ? null : "has a bad one", false);

  @Test
  void theHashIsAsTheFormatSays() throws Exception {
    MessageDigest sha = MessageDigest.getInstance("SHA-256");
    sha.update("waybill-manifest/1\0".getBytes(StandardCharsets.US_ASCII));
    sha.update(ByteBuffer.allocate(4).putInt(15).flip());
    sha.update("maps/europe.bin".getBytes(StandardCharsets.UTF_8));
    sha.update(ByteBuffer.allocate(16).putLong(7).putLong(1000).flip());
    byte[] start = sha.digest();
    assertThat(START.digest().hex()).isEqualTo(HexFormat.of().formatHex(start));
    sha.update(start);
    byte[] next = sha.digest(HexFormat.of().parseHex(checksum(0).hex()));
    assertThat(START.plus(checksum(0)))
        .isEqualTo(new ManifestHash(1, new Checksum(HexFormat.of().formatHex(next))));
  }

  @Test
  void aHashContinuedInStepsIsThatOfAllBlocks() {
    ManifestHash stepwise = START;
    for (int i = 0; i < 100; i++) {
      stepwise = stepwise.plus(checksum(i));
    }
    assertThat(stepwise)
        .isEqualTo(START.plus(checksums(100)))
        .isEqualTo(START.plus(checksums(30)).plus(checksums(100).subList(30, 100)));
  }

  @Test
  void aSignatureIsOfExactlyWhatWasSigned() {
    ManifestHash hash = START.plus(checksums(5));
    ManifestSignature signature = signed(hash, null);
    assertThat(signature.isOf(hash, KEYS.getPublic())).isTrue();
    List<Checksum> tampered = new ArrayList<>(checksums(5));
    tampered.set(2, checksum(77));
    List<Checksum> swapped = new ArrayList<>(checksums(5));
    java.util.Collections.swap(swapped, 1, 3);
    for (ManifestHash other :
        List.of(
            START.plus(tampered),
            START.plus(swapped),
            START.plus(checksums(4)),
            START.plus(checksums(6)),
            ManifestHash.start(FileId.parse("maps/europe.bin@8"), 1000).plus(checksums(5)),
            ManifestHash.start(FileId.parse("maps/asia.bin@7"), 1000).plus(checksums(5)),
            ManifestHash.start(FILE, 1001).plus(checksums(5)))) {
      assertThat(signature.isOf(other, KEYS.getPublic())).isFalse();
    }
    assertThat(signature.isOf(hash, keys().getPublic())).as("another key").isFalse();
  }

  @Test
  void theEndTheTimeAndTheNumberOfBlocksAreSigned() {
    ManifestHash hash = START.plus(checksums(5));
    ManifestSignature s = signed(hash, 4500L);
    assertThat(s.isOf(hash, KEYS.getPublic())).isTrue();
    for (ManifestSignature other :
        List.of(
            new ManifestSignature(5, null, s.signedAt(), CHAIN, s.bytes()),
            new ManifestSignature(5, 4400L, s.signedAt(), CHAIN, s.bytes()),
            new ManifestSignature(5, 4500L, s.signedAt() + 1, CHAIN, s.bytes()))) {
      assertThat(other.isOf(hash, KEYS.getPublic())).isFalse();
    }
    ManifestHash fewer = new ManifestHash(4, hash.digest());
    assertThat(s.isOf(fewer, KEYS.getPublic())).isFalse();
  }

  @Test
  void aNameCantBeMistakenForAnotherWithItsVersion() {
    assertThat(ManifestHash.opening("f", null, 10)).isNotEqualTo(ManifestHash.opening("f", 0L, 10));
    assertThat(ManifestHash.opening("f", 1L, 10))
        .isNotEqualTo(ManifestHash.start(new FileId("f", 1), 10));
  }

  @Test
  void whatIsNotSignedIsTakenOnlyWhereThatIsAllowedAndNothingWasSignedBefore() {
    ManifestHash hash = START.plus(checksums(5));
    ManifestPolicy lenient = new ManifestPolicy(STRICT.trust(), true);
    assertThat(STRICT.objection(hash, null, null, false)).isEqualTo("is not signed");
    assertThat(lenient.objection(hash, null, null, false)).isNull();
    assertThat(lenient.objection(hash, null, null, true))
        .isEqualTo("was signed before, and is not any more");
    assertThat(ManifestPolicy.OPEN.objection(hash, null, null, true)).isNull();
  }

  @Test
  void aBadSignatureIsRefusedAlsoWhereNoneIsNeeded() {
    ManifestHash hash = START.plus(checksums(5));
    ManifestPolicy lenient = new ManifestPolicy(STRICT.trust(), true);
    ManifestSignature other = signed(START.plus(checksums(4)).plus(checksum(9)), null);
    assertThat(lenient.objection(hash, null, other, false)).isEqualTo("has a bad one");
  }

  @Test
  void aSignatureHasToCoverAllBlocksAndTheEnd() {
    ManifestHash hash = START.plus(checksums(5));
    assertThat(STRICT.objection(hash, 4500L, signed(hash, 4500L), false)).isNull();
    assertThat(STRICT.objection(hash, 4500L, signed(hash, null), true))
        .isEqualTo("ends at 4500 bytes, and was signed to end at unknown");
    assertThat(STRICT.objection(hash, null, signed(START.plus(checksums(4)), null), true))
        .isEqualTo("has 5 blocks, and a signature of 4");
  }

  @Test
  void aSignatureIsTheSameAfterAJourneyAsJson() throws Exception {
    ManifestSignature signature = signed(START.plus(checksums(3)), 2500L);
    byte[] json = Messages.write(signature);
    assertThat(Messages.read(new ByteArrayInputStream(json), "a test", ManifestSignature.class))
        .isEqualTo(signature);
  }

  @Test
  void whatIsNoSignatureIsNotTakenForOne() {
    assertThatThrownBy(() -> new ManifestSignature(1, null, 0, CHAIN, "no base64!"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ManifestSignature(1, null, 0, List.of(), "AAAA"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(new ManifestSignature(0, null, 0, CHAIN, "AAAA").isOf(START, KEYS.getPublic()))
        .isFalse();
  }
}
