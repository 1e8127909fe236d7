export { authShape } from './auth-shape';
export { createAccessTokens, type AccessTokens } from './access-token';
export { readBearerToken } from './bearer';
export { IDENTITY_HEADER, createIdentityHeaders, type Identity, type IdentityHeaders } from './identity-header';
export { ROLES, canTeach, isAdmin, requireViewer, type Role, type Viewer } from './viewer';
export { accessRuleOf, refusalOf, type AccessRule, type Refusal } from './access-rule';
