package dev.waybill.model.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.model.network.Fleet;
import dev.waybill.model.network.Resource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FleetTest {
  private static Fleet fleet(String resource, String groups) throws IOException, FormatException {
    String text =
        """
        {"format": "waybill-network/1",
         "resources": [{"id": "wan", "capacity": 1000%s}],
         "hosts": [{"id": "a", "location": "x", "egress": ["wan"]}, {"id": "b", "location": "x"}]%s}
        """
            .formatted(resource, groups);
    return NetworkFormat.readFleet(
        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "net");
  }

  private static double at(Fleet fleet, String time) {
    Resource wan = fleet.network().resources().get("wan");
    return fleet.capacity(wan, (double) OffsetDateTime.parse(time).toEpochSecond());
  }

  /** 2026-11-23 was a Monday. */
  @ParameterizedTest
  @CsvSource({
    "2026-11-23T07:59:59Z, 900",
    "2026-11-23T08:00:00Z, 450",
    "2026-11-23T17:59:59Z, 450",
    "2026-11-23T18:00:00Z, 900",
    "2026-11-27T21:59:59Z, 900",
    "2026-11-27T22:00:00Z, 1800",
    "2026-11-28T05:59:59Z, 1800",
    "2026-11-28T06:00:00Z, 900",
    "2026-11-28T22:30:00Z, 900",
    "2026-11-28T09:00:00Z, 450",
  })
  void capacitiesGoByTheTimeOfDayLessWhatIsReserved(String time, double capacity) throws Exception {
    Fleet fleet =
        fleet(
            """
            , "reserved": 0.1, "windows": [
              {"from": "22:00", "to": "06:00", "capacity": 2000, "days": ["fri"]},
              {"from": "08:00", "to": "18:00", "capacity": 500}]""",
            "");
    assertThat(at(fleet, time)).isEqualTo(capacity);
  }

  @Test
  void theNextChangeIsWhenAWindowOpensOrCloses() throws Exception {
    Fleet fleet =
        fleet(", \"windows\": [{\"from\": \"08:00\", \"to\": \"24:00\", \"capacity\": 5}]", "");
    double day = 1000 * 86_400.0;
    assertThat(fleet.nextChange(day)).isEqualTo(day + 8 * 3600);
    assertThat(fleet.nextChange(day + 8 * 3600)).isEqualTo(day + 86_400);
    assertThat(fleet("", "").nextChange(day)).isInfinite();
  }

  @Test
  void groupsNameHosts() throws Exception {
    assertThat(fleet("", ", \"groups\": [{\"id\": \"g\", \"hosts\": [\"a\", \"b\"]}]").groups())
        .isEqualTo(Map.of("g", List.of("a", "b")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | , \"groups\": [{\"id\": \"g\", \"hosts\": [\"c\"]}] | /groups",
        "'' | , \"groups\": [{\"id\": \"a\", \"hosts\": [\"b\"]}] | /groups",
        "'' | , \"groups\": [{\"id\": \"all\", \"hosts\": [\"b\"]}] | /groups",
        "', \"reserved\": 1' | '' | /resources/0/reserved",
        "', \"windows\": [{\"from\": \"8:00\", \"to\": \"09:00\", \"capacity\": 1}]' | '' | /resources/0/windows/0/from",
        "', \"windows\": [{\"from\": \"08:00\", \"to\": \"08:00\", \"capacity\": 1}]' | '' | /resources/0/windows/0",
        "', \"windows\": [{\"from\": \"08:00\", \"to\": \"09:00\", \"capacity\": 1, \"days\": [\"x\"]}]' | '' | /resources/0/windows/0/days",
      })
  void whatIsWrongIsNamed(String resource, String groups, String pointer) {
    assertThatThrownBy(() -> fleet(resource, groups == null ? "" : groups))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining(pointer);
  }
}
