package dev.waybill.model.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.waybill.model.network.Host;
import dev.waybill.model.network.Network;
import dev.waybill.model.network.Path;
import dev.waybill.model.network.Resource;
import dev.waybill.model.unit.DataSize;
import java.io.IOException;

/** Writes the sections of the formats that describe a network; defaults are left out. */
final class NetworkWriter {
  private final JsonGenerator json;
  private final boolean withAddresses;

  NetworkWriter(JsonGenerator json, boolean withAddresses) {
    this.json = json;
    this.withAddresses = withAddresses;
  }

  void write(Network network) throws IOException {
    JsonOutput.array(json, "resources", network.resources().values(), this::resource);
    JsonOutput.array(json, "paths", network.paths(), this::path);
    JsonOutput.array(json, "hosts", network.hosts().values(), this::host);
  }

  private void resource(Resource resource) throws IOException {
    json.writeStartObject();
    json.writeStringField("id", resource.id());
    JsonOutput.number(json, "capacity", resource.capacity().bytesPerSecond());
    if (resource.costPerByte() != 0) {
      JsonOutput.number(json, "costPerByte", resource.costPerByte());
    }
    json.writeEndObject();
  }

  private void path(Path path) throws IOException {
    json.writeStartObject();
    json.writeStringField("from", path.from());
    json.writeStringField("to", path.to());
    JsonOutput.strings(json, "via", path.via());
    json.writeEndObject();
  }

  private void host(Host host) throws IOException {
    json.writeStartObject();
    json.writeStringField("id", host.id());
    json.writeStringField("location", host.location());
    JsonOutput.strings(json, "egress", host.egress());
    JsonOutput.strings(json, "ingress", host.ingress());
    if (host.relay()) {
      json.writeBooleanField("relay", true);
    }
    DataSize storage = host.storage();
    if (storage != null) {
      json.writeNumberField("storage", storage.bytes());
    }
    String address = host.address();
    if (withAddresses && address != null) {
      json.writeStringField("address", address);
    }
    json.writeEndObject();
  }
}
