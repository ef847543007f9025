// An OpenID provider as the hub's would be: ES256 access tokens of five minutes for the audience
// "hub", pages by code with PKCE, machines by private_key_jwt, the feed's tokens bound to its key.
import { generateKeyPairSync } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer } from "node:https";
import { Provider } from "oidc-provider";

const { ISSUER, CERTIFICATE, CLIENT_KEY, RESOURCE, REDIRECT } = process.env;
const { hostname, port } = new URL(ISSUER);

const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
const signing = { ...privateKey.export({ format: "jwk" }), kid: "signing", alg: "ES256", use: "sig" };

const machine = {
  token_endpoint_auth_method: "private_key_jwt",
  token_endpoint_auth_signing_alg: "ES256",
  jwks: { keys: [JSON.parse(CLIENT_KEY)] },
  grant_types: ["client_credentials"],
  response_types: [],
  redirect_uris: [],
  id_token_signed_response_alg: "ES256",
};

const provider = new Provider(ISSUER, {
  jwks: { keys: [signing] },
  cookies: { keys: ["of this test"] },
  clients: [
    {
      client_id: "hub-web",
      token_endpoint_auth_method: "none",
      grant_types: ["authorization_code"],
      response_types: ["code"],
      redirect_uris: [REDIRECT],
      id_token_signed_response_alg: "ES256",
    },
    { ...machine, client_id: "hub-machine" },
    { ...machine, client_id: "hub-feed", dpop_bound_access_tokens: true },
  ],
  pkce: { required: () => true },
  clientBasedCORS: (_, origin) => origin === new URL(REDIRECT).origin,
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
  features: {
    clientCredentials: { enabled: true },
    devInteractions: { enabled: true },
    dPoP: { enabled: true },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => RESOURCE,
      useGrantedResource: () => true,
      getResourceServerInfo: () => ({
        scope: "hub",
        audience: "hub",
        accessTokenFormat: "jwt",
        accessTokenTTL: 300,
        jwt: { sign: { alg: "ES256" } },
      }),
    },
  },
});

const pem = readFileSync(CERTIFICATE);
createServer({ key: pem, cert: pem }, provider.callback()).listen(Number(port), hostname, () => {
  console.log("ready");
});
