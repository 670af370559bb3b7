package dev.waybill.planner.instance;

import dev.waybill.model.network.Network;
import java.util.List;

/**
 * The generator of networks of graphics processors, on which collective operations are compared.
 * Each {@code gpu0, gpu1, ...} of a box is a host at a place of its own; in several boxes they are
 * called {@code box0/gpu0} and so on.
 */
public final class GpuMachine {
  /** How many there are in a box. */
  public static final int GPUS = 8;

  /** NVLinks between the eight of an NVIDIA DGX-1, row = sender (SCCL: Cai et al., PPoPP 2021). */
  private static final List<String> DGX1 =
      List.of(
          "02112000",
          "20120100",
          "11020020",
          "12200001",
          "20000211",
          "01002012",
          "00201102",
          "00011220");

  /**
   * Microseconds per megabyte between the eight of an Azure NDv2, row = sender; 0: no link (TACCL:
   * Shah et al., NSDI 2023).
   */
  private static final int[][] NDV2 = {
    {0, 23, 46, 46, 23, 0, 0, 0},
    {23, 0, 46, 23, 0, 46, 0, 0},
    {46, 46, 0, 23, 0, 0, 23, 0},
    {46, 23, 23, 0, 0, 0, 0, 46},
    {23, 0, 0, 0, 0, 23, 46, 46},
    {0, 46, 0, 0, 23, 0, 46, 23},
    {0, 0, 23, 0, 46, 46, 0, 23},
    {0, 0, 0, 46, 46, 23, 23, 0}
  };

  private static final double NVLINK_PAIR = 50e9;
  private static final double NVLINK = 25e9;
  private static final double INFINIBAND = 12.5e9;

  private GpuMachine() {}

  /**
   * A DGX-1 in which a round lasts one second: a link carries as many blocks per second as it has
   * NVLinks.
   */
  public static Network dgx1(long blockSize) {
    NetworkBuilder network = new NetworkBuilder();
    for (int i = 0; i < GPUS; i++) {
      host(network, "gpu" + i);
    }
    for (int i = 0; i < GPUS; i++) {
      for (int j = 0; j < GPUS; j++) {
        int nvlinks = DGX1.get(i).charAt(j) - '0';
        if (nvlinks > 0) {
          link(network, "gpu" + i, "gpu" + j, (double) nvlinks * blockSize);
        }
      }
    }
    return network.build();
  }

  /**
   * NDv2 boxes with their rates, latencies left out. Between boxes GPU 0 of each sends to GPU 1 of
   * any other.
   */
  public static Network ndv2(int boxes) {
    NetworkBuilder network = new NetworkBuilder();
    for (int box = 0; box < boxes; box++) {
      for (int i = 0; i < GPUS; i++) {
        host(network, gpu(box, i));
      }
      for (int i = 0; i < GPUS; i++) {
        for (int j = 0; j < GPUS; j++) {
          if (NDV2[i][j] > 0) {
            link(network, gpu(box, i), gpu(box, j), NDV2[i][j] == 23 ? NVLINK_PAIR : NVLINK);
          }
        }
      }
      network.resource("box" + box + ".out", INFINIBAND);
      network.resource("box" + box + ".in", INFINIBAND);
    }
    for (int a = 0; a < boxes; a++) {
      for (int b = 0; b < boxes; b++) {
        if (a != b) {
          network.path(gpu(a, 0), gpu(b, 1), List.of("box" + a + ".out", "box" + b + ".in"));
        }
      }
    }
    return network.build();
  }

  private static String gpu(int box, int i) {
    return "box" + box + "/gpu" + i;
  }

  private static void host(NetworkBuilder network, String id) {
    network.host(id, id, List.of(), List.of());
  }

  private static void link(NetworkBuilder network, String from, String to, double rate) {
    network.path(from, to, List.of(network.resource(from + "--" + to, rate)));
  }
}
