package dev.waybill.executor.publish;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;

/** The extent of a file that nobody may write to while the generator publishes it. */
record FixedExtent(Path file, long size, FileTime modified) implements Extent {
  static FixedExtent of(Path file) throws IOException {
    BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
    return new FixedExtent(file, now.size(), now.lastModifiedTime());
  }

  @Override
  public long await(long bytes) throws IOException, ContentDiffers {
    requireUnchanged(0);
    return size;
  }

  @Override
  public void requireUnchanged(long published) throws IOException, ContentDiffers {
    if (!of(file).equals(this)) {
      throw new ContentDiffers(file + " has changed while it was being published");
    }
  }
}
