import { secret } from '../config';

/** The secrets of identity, each by the services that need it. */
export const authShape = {
  ACCESS_TOKEN_SECRET: secret(32).describe('Signs access tokens (HS256); accounts signs, gateway and realtime verify.'),
  REFRESH_TOKEN_SECRET: secret(32).describe('Keys the hashes under which refresh tokens are kept; accounts only.'),
  IDENTITY_SECRET: secret(32).describe(
    'Signs the short-lived header by which gateway and realtime tell subgraphs and ai-proxy who is asking.',
  ),
};
