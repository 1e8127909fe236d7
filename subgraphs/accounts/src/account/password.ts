import { type Options, hash, verify } from '@node-rs/argon2';

/**
 * argon2id with the parameters of the OWASP Password Storage Cheat Sheet: 19 MiB of memory, 2 iterations, 1 lane.
 * `algorithm: 2` is argon2id in the library's enum, which cannot be imported under isolated modules.
 */
const PARAMETERS: Options = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export function hashPassword(password: string): Promise<string> {
  return hash(password, PARAMETERS);
}

let decoy: Promise<string> | undefined;

/** Whether the password fits; takes as long when there is no hash, so that addresses cannot be probed by time. */
export async function isPasswordRight(passwordHash: string | null, password: string): Promise<boolean> {
  decoy ??= hashPassword('no account has this password');
  const isRight = await verify(passwordHash ?? (await decoy), password);
  return isRight && passwordHash !== null;
}
