package dev.waybill.model.protocol;

import dev.waybill.model.catalogue.FileId;

/** Part of the protocol: one block of one file version. */
public record BlockRef(FileId file, int block) {}
