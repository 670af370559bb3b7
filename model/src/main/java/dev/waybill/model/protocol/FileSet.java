package dev.waybill.model.protocol;

import dev.waybill.model.catalogue.FileId;
import java.util.List;

/**
 * Part of the protocol: which file versions a host must obtain (claim 9), as its executor keeps it
 * beside its blocks.
 *
 * @param epoch of the master that has last said so: orders of a lower one are not obeyed
 */
public record FileSet(long epoch, List<FileId> files) {
  public FileSet {
    files = List.copyOf(files);
  }
}
