package dev.waybill.model.json;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

/** One small document of each format, with everything in it that the format can say. */
final class Documents {
  static final String INSTANCE =
      """
      {"format": "waybill-instance/1",
       "name": "small",
       "description": "every key once",
       "resources": [{"id": "r", "capacity": 10}, {"id": "s", "capacity": 10.5, "costPerByte": 0.5}],
       "paths": [{"from": "A", "to": "B", "via": ["r"]}],
       "hosts": [{"id": "a", "location": "A", "egress": ["r", "s"], "ingress": ["s"]},
                 {"id": "b", "location": "B", "relay": true, "storage": 100}],
       "files": [{"id": "f", "version": 2, "size": 25, "blockSize": 10},
                 {"id": "g", "size": 5, "blockSize": 5}],
       "holdings": [{"host": "a", "file": "f", "blocks": [[0, 0], [2, 2]]}],
       "generations": [{"host": "a", "file": "g", "first": 0, "last": 0, "start": 1.5, "rate": 2}],
       "inProgress": [{"file": "f", "from": "a", "to": "b", "first": 0, "last": 1, "start": -1,
                       "rate": 3}],
       "demands": [{"host": "b", "file": "f", "weight": 2, "deadline": 9},
                   {"host": "b", "file": "g", "deadline": null}],
       "objective": {"makespan": 1, "weightedCompletion": 0.5, "cost": 2, "lateness": 3}}
      """;

  static final String SCHEDULE =
      """
      {"format": "waybill-schedule/1",
       "instance": "small",
       "solver": "by hand",
       "makespan": 4.5, "lowerBound": 1, "cost": 20, "score": 60, "solveSeconds": 0.25,
       "copies": [{"file": "f", "from": "a", "to": "b", "first": 2, "last": 2, "start": 0, "rate": 5},
                  {"file": "g", "from": "a", "to": "b", "first": 0, "last": 0, "start": 4, "rate": 10}]}
      """;

  static final String NETWORK =
      """
      {"format": "waybill-network/1",
       "resources": [{"id": "r", "capacity": 10}],
       "paths": [{"from": "A", "to": "B", "via": ["r"]}],
       "hosts": [{"id": "a", "location": "A", "egress": ["r"], "address": "127.0.0.1:7000"},
                 {"id": "b", "location": "B", "relay": false, "storage": 0}]}
      """;

  private Documents() {}

  static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] gzipped(String text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
