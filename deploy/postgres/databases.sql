-- Run once by an administrator of the server, with both passwords in the environment:
-- the hub's database and its owner, who may create the runtime roles and nothing else beyond its
-- own database; Keycloak's beside it.
\set ON_ERROR_STOP on
\getenv hub_password HUB_OWNER_PASSWORD
\getenv keycloak_password KEYCLOAK_DATABASE_PASSWORD

CREATE ROLE hub_owner LOGIN CREATEROLE PASSWORD :'hub_password';
CREATE DATABASE hub OWNER hub_owner TEMPLATE template0 ENCODING 'UTF8'
  LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LC_COLLATE 'C' LC_CTYPE 'C.UTF-8';

CREATE ROLE keycloak LOGIN PASSWORD :'keycloak_password';
CREATE DATABASE keycloak OWNER keycloak TEMPLATE template0 ENCODING 'UTF8';
REVOKE ALL ON DATABASE keycloak FROM PUBLIC;
