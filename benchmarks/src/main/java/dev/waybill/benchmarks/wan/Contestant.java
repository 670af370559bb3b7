package dev.waybill.benchmarks.wan;

import java.util.List;

/**
 * A system of the comparison: the shell's commands that make it distribute the file. In each, these
 * stand for something: {@code {name} {ip} {dir} {out}} of the host where it runs, {@code {nextip}}
 * of the host behind it and {@code {parentip} {parentdir}} of its parent in a binary tree (empty
 * where there is none), {@code {source} {sourceip}} of the network, {@code {file}} the file, {@code
 * {shared}} a folder for all, {@code {waybill}} the launcher.
 *
 * @param check a shell's command that goes well where this machine has what it takes
 * @param prepare once before anything, outside the network; empty: nothing
 * @param atSource what runs at the source before the clock; empty: nothing
 * @param atHost what runs at every other host before the clock; empty: nothing
 * @param warmUpSeconds from there to the clock
 * @param go at the source, when the clock starts; empty: nothing
 * @param fetch at every other host, when the clock starts; empty: nothing
 * @param done the file whose being there says that a host is done
 * @param result where the file is then
 */
record Contestant(
    String name,
    String check,
    String prepare,
    String atSource,
    String atHost,
    double warmUpSeconds,
    String go,
    String fetch,
    String done,
    String result) {
  private static final String OUT = "{out}";

  /** Debian's, which is the one that Debian's libtorrent is for. */
  private static final String PYTHON = "/usr/bin/python3";

  /** All of them; which can run depends on what this machine has. */
  static List<Contestant> all() {
    return List.of(waybill(), secured(), aria2(), libtorrent(), rsyncTree(), chain());
  }

  /** Waybill without and with TLS. */
  static List<Contestant> ours() {
    return List.of(waybill(), secured());
  }

  private static Contestant waybill() {
    String open = " --insecure";
    return waybill("Waybill", "", "http://{sourceip}:7000", open, open, open);
  }

  /** The same over TLS, with a signed manifest. */
  private static Contestant secured() {
    String issue = "{waybill} ca issue --dir ca --name ";
    return waybill(
        "Waybill over TLS",
        "cd {shared} && {waybill} ca init --dir ca && "
            + issue
            + "m --role master --output m && "
            + issue
            + "p --role client --output p && "
            + issue
            + "p --role publisher --output p && while read name ip; do "
            + issue
            + "$name --role host --output $name-is < /dev/null || exit 1; done < hosts.txt",
        "https://{sourceip}:7000",
        " --credentials {shared}/m",
        " --credentials {shared}/{name}-is",
        " --credentials {shared}/p");
  }

  /**
   * @param prepare what is run before anything else
   * @param url the master's
   * @param asMaster the flags that say who the master is, those of executors, and of clients
   */
  private static Contestant waybill(
      String name, String prepare, String url, String asMaster, String asHost, String asClient) {
    String executor =
        "exec {waybill} executor --master "
            + url
            + " --id {name} --listen {ip}:7001 --data-dir {dir}/data"
            + asHost;
    String master =
        "{waybill} master --network {shared}/network.json --listen {sourceip}:7000"
            + " --data-dir {shared}/master"
            + asMaster
            + " & (sleep 10; until {waybill} demand --master "
            + url
            + " --file payload.bin --hosts all"
            + asClient
            + "; do sleep 1; done) & ";
    return new Contestant(
        name,
        "true",
        prepare,
        master + executor,
        "sleep 3; " + executor,
        25,
        "{waybill} publish {file} --master "
            + url
            + " --as payload.bin --to {source} --block-size 262144"
            + asClient,
        "",
        "{dir}/data/files/payload.bin",
        "{dir}/data/files/payload.bin");
  }

  private static Contestant aria2() {
    String aria =
        "aria2c --enable-dht=false --enable-dht6=false --bt-enable-lpd=false --bt-max-peers=0"
            + " --bt-request-peer-speed-limit=1000M --file-allocation=none --seed-ratio=0.0"
            + " --bt-tracker-interval=3 --listen-port=6881 --console-log-level=warn"
            + " --summary-interval=0 --allow-overwrite=true --follow-torrent=false -d {dir}";
    return new Contestant(
        "aria2",
        "command -v aria2c && command -v opentracker && command -v mktorrent",
        torrent(),
        "ln -sf {file} {dir}/payload.bin; opentracker -i {sourceip} -p 6969 -P 6969 -d {shared}"
            + " -w white & sleep 0.5; exec "
            + aria
            + " --bt-seed-unverified=true {shared}/t.torrent",
        "",
        2.5,
        "",
        "printf '#!/bin/sh\\ntouch {dir}/done\\n' > {dir}/mark; chmod +x {dir}/mark; exec "
            + aria
            + " --on-bt-download-complete={dir}/mark {shared}/t.torrent",
        "{dir}/done",
        OUT);
  }

  private static Contestant libtorrent() {
    String peer = "exec " + PYTHON + " {shared}/libtorrent_peer.py {shared}/t.torrent {dir} {ip}";
    return new Contestant(
        "libtorrent",
        "command -v mktorrent && " + PYTHON + " -c 'import libtorrent'",
        torrent(),
        "ln -sf {file} {dir}/payload.bin; " + peer + " seed",
        "",
        1.5,
        "",
        peer + " {dir}/done {shared}/hosts.txt",
        "{dir}/done",
        OUT);
  }

  /** 256 KiB pieces; the tracker wants to be told what it may serve. */
  private static String torrent() {
    return "ln -sf {file} {shared}/payload.bin; mktorrent -l 18 -a http://{sourceip}:6969/announce"
        + " -n payload.bin -o {shared}/t.torrent {file} >/dev/null;"
        + " "
        + PYTHON
        + " {shared}/info_hash.py {shared}/t.torrent > {shared}/white;"
        + " chmod -R a+rX {shared}";
  }

  /** Store and forward: a host copies from its parent once that has the whole file. */
  private static Contestant rsyncTree() {
    String daemon =
        "printf 'use chroot = no\\n[m]\\npath = {dir}\\nuid = root\\ngid = root\\n' >"
            + " {dir}/rsyncd.conf; exec rsync --daemon --no-detach --address={ip} --port=8730"
            + " --config={dir}/rsyncd.conf";
    return new Contestant(
        "rsync tree",
        "command -v rsync",
        "",
        "ln -f {file} {dir}/payload.bin || cp {file} {dir}/payload.bin; touch {dir}/done; "
            + daemon,
        daemon,
        1,
        "",
        "while [ ! -e {parentdir}/done ]; do sleep 0.05; done; rsync --whole-file --inplace"
            + " rsync://{parentip}:8730/m/payload.bin {dir}/ && touch {dir}/done",
        "{dir}/done",
        OUT);
  }

  /** Every host passes on what comes in to the next one, in the order of the topology. */
  private static Contestant chain() {
    return new Contestant(
        "chain of nc",
        "command -v nc",
        "",
        "",
        "if [ -n '{nextip}' ]; then nc -l {ip} 9000 | tee {out} | sh -c 'sleep 1; exec nc -N"
            + " {nextip} 9000'; else nc -l {ip} 9000 > {out}; fi; touch {dir}/done",
        2,
        "nc -N {nextip} 9000 < {file}",
        "",
        "{dir}/done",
        OUT);
  }
}
