"""Who is calling: access tokens, the keys they are signed with, and proofs that they are the own.

``signatures`` says which keys may sign and by what algorithm, and checks that they did; ``tokens``
checks what an access token claims, by the rules of its ``issuers``: these two alone verify with
joserfc. An issuer's keys are its own (development) or fetched by ``provider``, which takes no
more from the network than ``keyset`` lets through. ``proofs`` checks that whoever sends a token
that is bound to a key holds that key (DPoP, RFC 9449). ``errors`` says what is refused.

Claims say who somebody is, never what they may see: that is the account's (``loaders.gate``).
"""
