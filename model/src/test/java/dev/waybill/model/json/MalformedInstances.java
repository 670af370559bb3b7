package dev.waybill.model.json;

import java.util.stream.Stream;

/** Ways to spoil an instance, each with the place that the complaint must name. */
final class MalformedInstances {
  /**
   * @param what is spoilt
   * @param pointer of the offending place
   * @param text of the document
   */
  record Spoilt(String what, String pointer, String text) {
    @Override
    public String toString() {
      return what + " at " + pointer;
    }
  }

  private MalformedInstances() {}

  static Stream<Spoilt> all() {
    return Stream.of(
        // Keys.
        spoilt("missing key", "/name", "\"name\": \"small\",", ""),
        spoilt("missing key in an element", "/hosts/1/location", "\"location\": \"B\", ", ""),
        spoilt("unknown key", "/colour", "\"name\":", "\"colour\": 1, \"name\":"),
        spoilt("unknown key in an element", "/paths/0/a~1b~0", "\"via\":", "\"a/b~\": 1, \"via\":"),
        spoilt(
            "address in an instance",
            "/hosts/1/address",
            "\"relay\"",
            "\"address\": \"b:1\", \"relay\""),
        spoilt("duplicate key", "/name", "\"name\":", "\"name\": \"x\", \"name\":"),
        spoilt(
            "duplicate key in an element",
            "/files/1/size",
            "\"size\": 5",
            "\"size\": 5, \"size\": 5"),
        spoilt(
            "escaped duplicate key",
            "/files/1/size",
            "\"size\": 5",
            "\"size\": 5, \"\\u0073ize\": 5"),
        spoilt("another format", "/format", "waybill-instance/1", "waybill-instance/2"),
        spoilt("a schedule", "/format", "waybill-instance/1", "waybill-schedule/1"),
        // Types.
        spoilt("name is a number", "/name", "\"small\"", "7"),
        spoilt("name is no identifier", "/name", "\"small\"", "\"sm all\""),
        spoilt("name is empty", "/name", "\"small\"", "\"\""),
        spoilt("name is too long", "/name", "small", "s".repeat(1025)),
        spoilt("description is null", "/description", "\"every key once\"", "null"),
        spoilt(
            "resources is null",
            "/resources",
            "\"resources\": [{\"id\": \"r\", \"capacity\": 10}, {\"id\": \"s\", \"capacity\": 10.5, \"costPerByte\": 0.5}]",
            "\"resources\": null"),
        spoilt("resource is an array", "/resources/0", "{\"id\": \"r\", \"capacity\": 10}", "[]"),
        spoilt("capacity is a string", "/resources/0/capacity", "10}", "\"10\"}"),
        spoilt("capacity is true", "/resources/0/capacity", "10}", "true}"),
        spoilt("capacity is null", "/resources/0/capacity", "10}", "null}"),
        spoilt("relay is a number", "/hosts/1/relay", "true", "1"),
        spoilt("relay is null", "/hosts/1/relay", "true", "null"),
        spoilt("storage is null", "/hosts/1/storage", "100", "null"),
        spoilt("weight is null", "/demands/0/weight", "\"weight\": 2", "\"weight\": null"),
        spoilt("deadline is a string", "/demands/0/deadline", "9", "\"9\""),
        spoilt("egress is a string", "/hosts/0/egress", "[\"r\", \"s\"]", "\"r\""),
        spoilt("egress holds a number", "/hosts/0/egress/1", "[\"r\", \"s\"]", "[\"r\", 1]"),
        spoilt(
            "objective is null",
            "/objective",
            "{\"makespan\": 1, \"weightedCompletion\": 0.5, \"cost\": 2, \"lateness\": 3}",
            "null"),
        spoilt(
            "deep nesting",
            "/description",
            "\"every key once\"",
            "[".repeat(5000) + "]".repeat(5000)),
        // Numbers.
        spoilt("negative capacity", "/resources/0/capacity", "10}", "-10}"),
        spoilt("negative cost", "/resources/1/costPerByte", "0.5}", "-0.5}"),
        spoilt("NaN", "/resources/0/capacity", "10}", "NaN}"),
        spoilt("Infinity", "/resources/0/capacity", "10}", "Infinity}"),
        spoilt("minus Infinity", "/inProgress/0/start", "\"start\": -1", "\"start\": -Infinity"),
        spoilt("beyond doubles", "/resources/0/capacity", "10}", "1e400}"),
        spoilt("whole number with a point", "/files/1/size", "\"size\": 5", "\"size\": 5.0"),
        spoilt("whole number with an exponent", "/files/1/size", "\"size\": 5", "\"size\": 5e0"),
        spoilt("size of 2^63", "/files/1/size", "\"size\": 5", "\"size\": 9223372036854775808"),
        spoilt("negative size", "/files/1/size", "\"size\": 5", "\"size\": -5"),
        spoilt("storage of 2^63", "/hosts/1/storage", "100", "9223372036854775808"),
        spoilt("version with a point", "/files/0/version", "\"version\": 2", "\"version\": 2.5"),
        spoilt("block size 0", "/files/1/blockSize", "\"blockSize\": 5", "\"blockSize\": 0"),
        spoilt(
            "2^31 blocks",
            "/files/1",
            "\"size\": 5, \"blockSize\": 5",
            "\"size\": 2147483648, \"blockSize\": 1"),
        spoilt("generation at rate 0", "/generations/0/rate", "\"rate\": 2", "\"rate\": 0"),
        spoilt("generation before time 0", "/generations/0/start", "1.5", "-1.5"),
        spoilt("copy at rate 0", "/inProgress/0/rate", "\"rate\": 3", "\"rate\": 0"),
        spoilt("copy at a negative rate", "/inProgress/0/rate", "\"rate\": 3", "\"rate\": -3"),
        spoilt("negative weight", "/demands/0/weight", "\"weight\": 2", "\"weight\": -2"),
        spoilt("negative deadline", "/demands/0/deadline", "9", "-9"),
        spoilt("negative objective", "/objective/lateness", "\"lateness\": 3", "\"lateness\": -3"),
        // References.
        spoilt("dangling resource of a path", "/paths/0/via/0", "[\"r\"]", "[\"x\"]"),
        spoilt("dangling egress", "/hosts/0/egress/1", "[\"r\", \"s\"]", "[\"r\", \"x\"]"),
        spoilt("dangling ingress", "/hosts/0/ingress/0", "[\"s\"]", "[\"x\"]"),
        spoilt(
            "dangling host of a holding",
            "/holdings/0/host",
            "\"host\": \"a\", \"file\": \"f\"",
            "\"host\": \"x\", \"file\": \"f\""),
        spoilt(
            "dangling file of a holding",
            "/holdings/0/file",
            "\"host\": \"a\", \"file\": \"f\"",
            "\"host\": \"a\", \"file\": \"x\""),
        spoilt(
            "dangling host of a generation",
            "/generations/0/host",
            "\"host\": \"a\", \"file\": \"g\"",
            "\"host\": \"x\", \"file\": \"g\""),
        spoilt(
            "dangling file of a generation",
            "/generations/0/file",
            "\"host\": \"a\", \"file\": \"g\"",
            "\"host\": \"a\", \"file\": \"x\""),
        spoilt("dangling sender", "/inProgress/0/from", "\"from\": \"a\"", "\"from\": \"x\""),
        spoilt(
            "dangling receiver",
            "/inProgress/0/to",
            "\"to\": \"b\", \"first\"",
            "\"to\": \"x\", \"first\""),
        spoilt(
            "dangling file of a copy",
            "/inProgress/0/file",
            "{\"file\": \"f\"",
            "{\"file\": \"x\""),
        spoilt(
            "dangling host of a demand",
            "/demands/1/host",
            "\"host\": \"b\", \"file\": \"g\"",
            "\"host\": \"x\", \"file\": \"g\""),
        spoilt(
            "dangling file of a demand",
            "/demands/1/file",
            "\"host\": \"b\", \"file\": \"g\"",
            "\"host\": \"b\", \"file\": \"x\""),
        // What may be there only once.
        spoilt("second resource", "/resources/1/id", "\"id\": \"s\"", "\"id\": \"r\""),
        spoilt("second host", "/hosts/1/id", "\"id\": \"b\"", "\"id\": \"a\""),
        spoilt("second file", "/files/1/id", "\"id\": \"g\"", "\"id\": \"f\""),
        spoilt(
            "second path",
            "/paths/1",
            "\"via\": [\"r\"]}",
            "\"via\": [\"r\"]}, {\"from\": \"A\", \"to\": \"B\", \"via\": []}"),
        spoilt(
            "second holding",
            "/holdings/1",
            "\"blocks\": [[0, 0], [2, 2]]}",
            "\"blocks\": []}, {\"host\": \"a\", \"file\": \"f\", \"blocks\": []}"),
        spoilt(
            "second demand",
            "/demands/1",
            "\"file\": \"g\", \"deadline\"",
            "\"file\": \"f\", \"deadline\""),
        // Ranges.
        spoilt("reversed range", "/holdings/0/blocks/1", "[2, 2]", "[2, 1]"),
        spoilt(
            "overlapping ranges", "/holdings/0/blocks/1", "[[0, 0], [2, 2]]", "[[0, 1], [1, 2]]"),
        spoilt("descending ranges", "/holdings/0/blocks/1", "[[0, 0], [2, 2]]", "[[2, 2], [0, 0]]"),
        spoilt("range of one number", "/holdings/0/blocks/1", "[2, 2]", "[2]"),
        spoilt("range of three numbers", "/holdings/0/blocks/1", "[2, 2]", "[2, 2, 2]"),
        spoilt("range that is a number", "/holdings/0/blocks/1", "[2, 2]", "2"),
        spoilt("range with a point", "/holdings/0/blocks/1/1", "[2, 2]", "[2, 2.0]"),
        spoilt("negative block", "/holdings/0/blocks/0/0", "[0, 0]", "[-1, 0]"),
        spoilt("block outside its file", "/holdings/0/blocks/1/1", "[2, 2]", "[2, 3]"),
        spoilt("block of 2^31", "/holdings/0/blocks/1/1", "[2, 2]", "[2, 2147483648]"),
        spoilt(
            "last block that there can be", "/holdings/0/blocks/1/1", "[2, 2]", "[2, 2147483647]"),
        spoilt(
            "reversed generation",
            "/generations/0/last",
            "\"first\": 0, \"last\": 0, \"start\": 1.5",
            "\"first\": 1, \"last\": 0, \"start\": 1.5"),
        spoilt(
            "generation outside its file",
            "/generations/0/last",
            "\"last\": 0, \"start\": 1.5",
            "\"last\": 1, \"start\": 1.5"),
        spoilt(
            "reversed copy",
            "/inProgress/0/last",
            "\"first\": 0, \"last\": 1",
            "\"first\": 2, \"last\": 1"),
        spoilt(
            "copy outside its file",
            "/inProgress/0/last",
            "\"first\": 0, \"last\": 1",
            "\"first\": 0, \"last\": 3"),
        // Names of files.
        spoilt("file with a version in its id", "/files/0/id", "\"id\": \"f\"", "\"id\": \"f@1\""),
        spoilt("absolute file", "/files/0/id", "\"id\": \"f\"", "\"id\": \"/f\""),
        spoilt("file above its folder", "/files/0/id", "\"id\": \"f\"", "\"id\": \"../f\""),
        // JSON itself.
        spoilt("empty", "", Documents.INSTANCE, ""),
        spoilt("blank", "", Documents.INSTANCE, " \n "),
        spoilt("not an object", "", Documents.INSTANCE, "[1]"),
        spoilt("a depth bomb", "", Documents.INSTANCE, "[".repeat(100_000)),
        spoilt("two documents", "", Documents.INSTANCE, Documents.INSTANCE + "{}"),
        spoilt("trailing bracket", "", Documents.INSTANCE, Documents.INSTANCE + "}"),
        spoilt("byte order mark", "", Documents.INSTANCE, "\ufeff" + Documents.INSTANCE),
        spoilt("comment", "", Documents.INSTANCE, "// hello\n" + Documents.INSTANCE),
        spoilt("trailing comma", "/paths/0/via/1", "[\"r\"]", "[\"r\",]"),
        spoilt("leading zero", "/resources/0/capacity", "10}", "010}"),
        spoilt("single quotes", "/name", "\"small\"", "'small'"),
        spoilt("bare word", "/name", "\"small\"", "small"),
        spoilt("control character", "/name", "small", "sm\nall"));
  }

  private static Spoilt spoilt(String what, String pointer, String old, String replacement) {
    int at = Documents.INSTANCE.indexOf(old);
    if (at < 0) {
      throw new IllegalArgumentException(what + ": nothing to spoil");
    }
    String text =
        Documents.INSTANCE.substring(0, at)
            + replacement
            + Documents.INSTANCE.substring(at + old.length());
    return new Spoilt(what, pointer, text);
  }
}
