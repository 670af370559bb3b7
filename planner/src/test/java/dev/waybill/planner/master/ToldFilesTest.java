package dev.waybill.planner.master;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.model.catalogue.FileId;
import dev.waybill.model.protocol.FileInfo;
import dev.waybill.model.protocol.FileNews;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ToldFilesTest {
  private static final long FIRST = 10;

  private final ToldFiles told = new ToldFiles(FIRST);

  private static FileInfo info(String name, int known) {
    return new FileInfo(new FileId(name, 1), 100, known, null, true, false);
  }

  private FileNews said(long seen, long by, FileInfo... now) {
    if (told.differ(List.of(now))) {
      told.tell(List.of(now), by);
    }
    return told.since(seen, by);
  }

  @Test
  void aHostIsToldOfWhatHasChangedSinceTheOrdersThatItFollows() {
    assertThat(said(0, 11, info("a", 1), info("b", 1)))
        .isEqualTo(FileNews.all(List.of(info("a", 1), info("b", 1))));
    assertThat(said(11, 12, info("a", 1), info("b", 2), info("c", 1)).files())
        .containsExactlyInAnyOrder(info("b", 2), info("c", 1));
    assertThat(said(12, 13, info("a", 1), info("b", 2), info("c", 1)).tellNothing()).isTrue();
  }

  @Test
  void oneThatHasNotHeardTheLastAnswerIsToldOfAllSinceTheOneBefore() {
    said(0, 11, info("a", 1), info("b", 1));
    said(11, 12, info("a", 2), info("b", 1));
    FileNews news = said(11, 13, info("a", 2));
    assertThat(news.files()).containsExactly(info("a", 2));
    assertThat(news.gone()).containsExactly(info("b", 1).file());
  }

  @Test
  void whatComesBackIsNotGone() {
    said(0, 11, info("a", 1));
    said(11, 12);
    assertThat(said(11, 13, info("a", 1)))
        .isEqualTo(new FileNews(11, List.of(info("a", 1)), List.of()));
  }

  @Test
  void oneThatFollowsOrdersOfAnEarlierTermIsToldEverything() {
    said(0, 11, info("a", 1));
    assertThat(said(FIRST - 1, 12, info("a", 1))).isEqualTo(FileNews.all(List.of(info("a", 1))));
  }

  /** What is gone is not remembered for ever. */
  @Test
  void oneThatHasNotHeardForLongIsToldEverything() {
    List<FileInfo> many = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      many.add(info("f" + i, 1));
    }
    said(0, 11, many.toArray(FileInfo[]::new));
    assertThat(said(11, 12, info("f1", 1)).since()).isZero();
    assertThat(said(12, 13, info("f1", 1))).isEqualTo(new FileNews(12, List.of(), List.of()));
  }
}
