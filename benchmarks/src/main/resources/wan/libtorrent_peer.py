"""libtorrent_peer.py TORRENT FOLDER IP seed | libtorrent_peer.py TORRENT FOLDER IP DONE HOSTS

A BitTorrent peer of the comparison, set up for a local network without limits. DONE is written once all is there; HOSTS
has a line "NAME IP" for each host, and each pair connects once.
"""
import sys
import time

import libtorrent

torrent, folder, ip, done = sys.argv[1:5]
session = libtorrent.session({
    "listen_interfaces": ip + ":6881",
    "enable_dht": False, "enable_lsd": False, "enable_upnp": False, "enable_natpmp": False,
    "enable_outgoing_utp": False, "enable_incoming_utp": False, "mixed_mode_algorithm": 0,
    "connection_speed": 500, "torrent_connect_boost": 100, "unchoke_slots_limit": -1,
    "allow_multiple_connections_per_ip": True, "out_enc_policy": 2, "in_enc_policy": 2,
    "send_buffer_watermark": 1 << 20, "send_buffer_low_watermark": 64 << 10, "request_queue_time": 3,
    "max_out_request_queue": 500, "whole_pieces_threshold": 1, "unchoke_interval": 5,
    "seed_choking_algorithm": 1, "aio_threads": 2, "hashing_threads": 1, "alert_mask": 0,
    "rate_limit_ip_overhead": False,
})
params = libtorrent.add_torrent_params()
params.ti = libtorrent.torrent_info(torrent)
params.save_path = folder
params.flags &= ~(libtorrent.torrent_flags.auto_managed | libtorrent.torrent_flags.paused)
if done == "seed":
    params.flags |= libtorrent.torrent_flags.seed_mode
handle = session.add_torrent(params)
if done != "seed":
    behind = False
    for line in open(sys.argv[5]):
        peer = line.split()[1]
        if peer == ip:
            behind = True
        elif not behind:
            handle.connect_peer((peer, 6881))
until = time.time() + 900
while time.time() < until:
    if done != "seed" and handle.status().is_seeding:
        handle.flush_cache()
        open(done, "w").close()
        done = "seed"
    time.sleep(0.03)
