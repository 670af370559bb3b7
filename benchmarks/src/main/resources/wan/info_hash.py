"""info_hash.py TORRENT: its info hash in hexadecimal; mktorrent writes the info dictionary last."""
import hashlib
import sys

content = open(sys.argv[1], "rb").read()
print(hashlib.sha1(content[content.index(b"4:info") + 6 : -1]).hexdigest())
