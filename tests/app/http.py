"""Requests to the server of a test, which has no TLS.

httpx2 alone would read all certificates of the machine anew for each request, and that takes longer than
the answer: 33 of 35 ms.
"""

import ssl
from functools import partial

import httpx2

NO_CERTIFICATES = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)

get = partial(httpx2.get, verify=NO_CERTIFICATES)
head = partial(httpx2.head, verify=NO_CERTIFICATES)
post = partial(httpx2.post, verify=NO_CERTIFICATES)
put = partial(httpx2.put, verify=NO_CERTIFICATES)
Client = partial(httpx2.Client, verify=NO_CERTIFICATES)
AsyncClient = partial(httpx2.AsyncClient, verify=NO_CERTIFICATES)
