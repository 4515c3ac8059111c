"""TLS servers that take certificates and keys of every kind, for the tests.

Usage: tls_kinds.py CIPHERS CLIENT_AUTHORITY NAME...

For each name, with the certificate NAME.pem and the key NAME.key, it prints two ports: one speaks
TLS 1.3, the other TLS 1.2, and 0 stands for one that cannot be. CIPHERS are those of TLS 1.2, as
openssl has them. Unless it is empty, the file CLIENT_AUTHORITY has the certificates of which a
client has to have one, or one issued by one of them. All answer as tls_moments.py does. It ends
when its standard input ends.
"""

import os
import ssl
import sys

import tls_moments

VERSIONS = ssl.TLSVersion.TLSv1_3, ssl.TLSVersion.TLSv1_2


def port(name, ciphers, client_authority, version):
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.set_ciphers(ciphers + ":@SECLEVEL=0")
    made.minimum_version = made.maximum_version = version
    try:
        made.load_cert_chain(name + ".pem", name + ".key")
    except ssl.SSLError:
        return 0
    if client_authority:
        made.verify_mode = ssl.CERT_REQUIRED
        made.load_verify_locations(client_authority)
    return tls_moments.listen(made)


ciphers, client_authority, *names = sys.argv[1:]
print(*(port(name, ciphers, client_authority, version) for name in names for version in VERSIONS))
sys.stdout.flush()
sys.stdin.buffer.read()
os._exit(0)
