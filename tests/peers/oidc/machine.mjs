// Gets a token with a key of its own and asks the hub with it; prints the token and the answer.
import * as oidc from "openid-client";

const [clientId, bound] = process.argv.slice(2);
const { ISSUER, CLIENT_KEY, RESOURCE, HUB_URL } = process.env;

const algorithm = { name: "ECDSA", namedCurve: "P-256" };
const key = await crypto.subtle.importKey("jwk", JSON.parse(CLIENT_KEY), algorithm, false, ["sign"]);
const config = await oidc.discovery(new URL(ISSUER), clientId, {}, oidc.PrivateKeyJwt(key));
const DPoP = bound ? oidc.getDPoPHandle(config, await oidc.randomDPoPKeyPair("ES256")) : undefined;

const granted = { resource: RESOURCE, scope: "hub" };
const tokens = await oidc.clientCredentialsGrant(config, granted, { DPoP });
const answers = [];
for (const query of ["{ viewer { agency { code } } }", "{ __typename }"]) {
  const response = await oidc.fetchProtectedResource(
    config,
    tokens.access_token,
    new URL(HUB_URL),
    "POST",
    JSON.stringify({ query }),
    new Headers({ "content-type": "application/json" }),
    { DPoP },
  );
  answers.push(await response.json());
}
console.log(JSON.stringify({ type: tokens.token_type, token: tokens.access_token, answers }));
