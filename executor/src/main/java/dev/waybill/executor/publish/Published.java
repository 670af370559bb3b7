package dev.waybill.executor.publish;

import dev.waybill.model.catalogue.FileId;

/** What the generator has done when it is done. */
public record Published(FileId file, int blocks, long bytes) {}
