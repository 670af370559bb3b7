package dev.waybill.planner.solve.tree;

import dev.waybill.model.catalogue.Checksum;
import dev.waybill.planner.indexed.BlockClass;
import dev.waybill.planner.indexed.IndexedProblem;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What planning runs have learnt for the next ones on the same ground: the best trees from some
 * hosts to others. Their rates are shares of the network, whatever flows over them, so that they
 * serve a file of any size, and a rehearsal can find them before there is a file. Thread-safe.
 */
public final class KnownTrees {
  private static final int MOST_GROUNDS = 64;

  private final Map<Ground, Known> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Ground, Known> eldest) {
          return size() > MOST_GROUNDS;
        }
      };

  /** A network, and who is to get something from whom: equal where the same trees fit. */
  public record Ground(Checksum digest) {}

  /**
   * The best trees so far.
   *
   * @param trees with the rates that they had
   * @param blocks that flowed over them
   * @param makespan that they came to, in seconds
   * @param searched seconds that all runs together have looked for better ones
   */
  private record Known(List<Tree> trees, int blocks, double makespan, double searched) {
    boolean isBetterThan(Known other) {
      return blocks == other.blocks ? makespan < other.makespan : blocks > other.blocks;
    }
  }

  /**
   * Trees for a run to begin with.
   *
   * @param searched so many seconds of search for better ones count as done
   */
  public record Start(List<Tree> trees, double searched) {}

  /**
   * The ground of a run.
   *
   * @param capacity what may be used of each resource, bytes per second
   */
  public static Ground ground(
      IndexedProblem problem, double[] capacity, int[] roots, int[] needers) {
    MessageDigest digest = Checksum.newDigest();
    try (DataOutputStream out =
        new DataOutputStream(new DigestOutputStream(OutputStream.nullOutputStream(), digest))) {
      out.writeInt(capacity.length);
      for (double c : capacity) {
        out.writeDouble(c);
      }
      for (int h = 0; h < problem.hosts(); h++) {
        out.writeInt(problem.location[h]);
        write(out, problem.egress[h]);
        write(out, problem.ingress[h]);
        out.writeBoolean(problem.relay[h]);
      }
      for (int from = 0; from < problem.locations(); from++) {
        for (int to = 0; to < problem.locations(); to++) {
          write(out, problem.via(from, to));
        }
      }
      write(out, roots);
      write(out, needers);
    } catch (IOException e) {
      throw new UncheckedIOException("nothing is written anywhere", e);
    }
    return new Ground(Checksum.of(digest));
  }

  private static void write(DataOutputStream out, int @Nullable [] values) throws IOException {
    out.writeInt(values == null ? -1 : values.length);
    for (int v : values == null ? new int[0] : values) {
      out.writeInt(v);
    }
  }

  /**
   * What is known of a ground, for a class of blocks of this run; null where nothing is. What was
   * looked for with more blocks counts in proportion: few blocks want other trees.
   *
   * @param blocks that are to flow
   */
  public synchronized @Nullable Start find(Ground ground, BlockClass of, int blocks) {
    Known k = known.get(ground);
    if (k == null) {
      return null;
    }
    List<Tree> trees = k.trees.stream().map(t -> new Tree(of, t.rate, t.edges)).toList();
    return new Start(trees, k.searched * Math.min(1, (double) blocks / k.blocks));
  }

  /**
   * A run is over. More blocks say more of trees than few; of those with as many, the faster are
   * better.
   *
   * @param trees the best that it knows
   * @param makespan of its schedule, in seconds
   * @param seconds that it has taken
   */
  public synchronized void learn(
      Ground ground, List<Tree> trees, int blocks, double makespan, double seconds) {
    Known before = known.get(ground);
    double searched = seconds + (before == null ? 0 : before.searched);
    Known now = new Known(List.copyOf(trees), blocks, makespan, searched);
    known.put(
        ground,
        before == null || now.isBetterThan(before)
            ? now
            : new Known(before.trees, before.blocks, before.makespan, searched));
  }
}
