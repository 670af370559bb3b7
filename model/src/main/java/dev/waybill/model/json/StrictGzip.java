package dev.waybill.model.json;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Compressed input of the formats, which unlike its parent refuses what is not gzip at the end. */
final class StrictGzip extends GZIPInputStream {
  private static final int TRAILER_LENGTH = 8;

  StrictGzip(InputStream in) throws IOException {
    super(in, 1 << 16);
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int n = super.read(buffer, offset, length);
    if (n < 0 && (inf.getRemaining() > TRAILER_LENGTH || in.read() >= 0)) {
      throw new ZipException("something follows it");
    }
    return n;
  }
}
