package dev.waybill.model.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.waybill.model.catalogue.BlockRange;
import dev.waybill.model.schedule.Demand;
import dev.waybill.model.schedule.FileSpec;
import dev.waybill.model.schedule.Generation;
import dev.waybill.model.schedule.Holding;
import dev.waybill.model.schedule.Objective;
import dev.waybill.model.schedule.Problem;
import java.io.IOException;

/** Writes an instance. */
final class InstanceWriter {
  private final JsonGenerator json;

  InstanceWriter(JsonGenerator json) {
    this.json = json;
  }

  void write(Problem problem) throws IOException {
    json.writeStartObject();
    json.writeStringField("format", InstanceFormat.NAME);
    json.writeStringField("name", problem.name());
    if (!problem.description().isEmpty()) {
      json.writeStringField("description", problem.description());
    }
    new NetworkWriter(json, false).write(problem.network());
    JsonOutput.array(json, "files", problem.files().values(), this::file);
    JsonOutput.array(json, "holdings", problem.holdings(), this::holding);
    JsonOutput.array(json, "generations", problem.generations(), this::generation);
    JsonOutput.array(json, "inProgress", problem.inProgress(), c -> CopyWriter.write(c, json));
    JsonOutput.array(json, "demands", problem.demands(), this::demand);
    objective(problem.objective());
    json.writeEndObject();
  }

  private void file(FileSpec file) throws IOException {
    json.writeStartObject();
    json.writeStringField("id", file.id());
    json.writeNumberField("version", file.version());
    json.writeNumberField("size", file.layout().size());
    json.writeNumberField("blockSize", file.layout().blockSize());
    json.writeEndObject();
  }

  private void holding(Holding holding) throws IOException {
    json.writeStartObject();
    json.writeStringField("host", holding.host());
    json.writeStringField("file", holding.file());
    JsonOutput.array(json, "blocks", holding.blocks().ranges(), this::range);
    json.writeEndObject();
  }

  private void range(BlockRange range) throws IOException {
    json.writeArray(new int[] {range.first(), range.last()}, 0, 2);
  }

  private void generation(Generation generation) throws IOException {
    json.writeStartObject();
    json.writeStringField("host", generation.host());
    json.writeStringField("file", generation.file());
    json.writeNumberField("first", generation.first());
    json.writeNumberField("last", generation.last());
    JsonOutput.number(json, "start", generation.start());
    JsonOutput.number(json, "rate", generation.rate());
    json.writeEndObject();
  }

  private void demand(Demand demand) throws IOException {
    json.writeStartObject();
    json.writeStringField("host", demand.host());
    json.writeStringField("file", demand.file());
    JsonOutput.number(json, "weight", demand.weight());
    Double deadline = demand.deadline();
    if (deadline != null) {
      JsonOutput.number(json, "deadline", deadline);
    }
    json.writeEndObject();
  }

  private void objective(Objective objective) throws IOException {
    json.writeObjectFieldStart("objective");
    JsonOutput.number(json, "makespan", objective.makespan());
    JsonOutput.number(json, "weightedCompletion", objective.weightedCompletion());
    JsonOutput.number(json, "cost", objective.cost());
    JsonOutput.number(json, "lateness", objective.lateness());
    json.writeEndObject();
  }
}
