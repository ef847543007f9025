// Signing in at the issuer by code with PKCE (RFC 7636). The tokens stay in this page's memory; what
// must outlive the way there and back (verifier and state) is kept for this tab, and taken once.

const KEPT = "hub.signin";

const encode = (bytes) =>
  btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

const random = () => encode(crypto.getRandomValues(new Uint8Array(32)));

async function endpoints(issuer) {
  const answer = await fetch(`${issuer}/.well-known/openid-configuration`, { cache: "no-store" });
  if (!answer.ok) throw new Error(`${issuer}: ${answer.status}`);
  const found = await answer.json();
  if (found.issuer !== issuer) throw new Error(`${issuer}: ${found.issuer}`);
  return found;
}

// Return the address at which to sign in, and remember for the way back what was asked there.
export async function begin({ issuer, clientId, scope, resource }, redirect, store) {
  const { authorization_endpoint: address } = await endpoints(issuer);
  const [verifier, state] = [random(), random()];
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier));
  store.setItem(KEPT, JSON.stringify({ verifier, state }));
  const asked = new URL(address);
  const parameters = {
    client_id: clientId,
    redirect_uri: redirect,
    response_type: "code",
    scope,
    state,
    code_challenge: encode(new Uint8Array(digest)),
    code_challenge_method: "S256",
    ...(resource ? { resource } : {}),
  };
  for (const [name, value] of Object.entries(parameters)) asked.searchParams.set(name, value);
  return asked.href;
}

// Return the access token for which the way back, *search*, has a code; null where it has none.
export async function finish({ issuer, clientId, resource }, redirect, search, store) {
  const told = new URLSearchParams(search);
  const kept = JSON.parse(store.getItem(KEPT) ?? "null");
  store.removeItem(KEPT);
  if (told.has("error")) throw new Error(told.get("error_description") ?? told.get("error"));
  if (!told.has("code")) return null;
  // A code that this tab did not ask for is somebody else's.
  if (!kept || told.get("state") !== kept.state) throw new Error("state");
  if (told.has("iss") && told.get("iss") !== issuer) throw new Error("iss");
  const { token_endpoint: address } = await endpoints(issuer);
  const answer = await fetch(address, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "authorization_code",
      client_id: clientId,
      code: told.get("code"),
      redirect_uri: redirect,
      code_verifier: kept.verifier,
      ...(resource ? { resource } : {}),
    }),
  });
  const tokens = await answer.json();
  if (!answer.ok) throw new Error(tokens.error_description ?? tokens.error);
  return tokens.access_token;
}
