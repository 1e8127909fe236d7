import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface FakeSystem {
  readonly path: string;
  /** Puts the package manager there; `rest` is what it does before it downloads. */
  putAptGet(rest?: string): void;
  restore(): void;
}

/**
 * A system without tools for an ordinary user. Its package manager is a small program that answers as apt-get does, and notes
 * how it was called; what it is given to do is real.
 */
export function pretendSystem(folder: { readonly path: string; remove(): void }): FakeSystem {
  const before = { ...process.env };
  mkdirSync(join(folder.path, 'bin'));
  Object.assign(process.env, {
    PATH: join(folder.path, 'bin'),
    TERAKOYA_CACHE: join(folder.path, 'cache'),
    NOTES: join(folder.path, 'notes'),
  });
  delete process.env.REDIS_SERVER_BIN;
  jest.spyOn(process, 'getuid').mockReturnValue(1000);

  const put = (name: string, script: string): void => {
    const file = join(folder.path, 'bin', name);
    writeFileSync(file, `#!/bin/sh\nPATH=/usr/bin:/bin\n${script}\n`);
    chmodSync(file, 0o755);
  };
  return {
    path: folder.path,
    putAptGet(rest = '') {
      put(
        'apt-get',
        `echo "$@" >> "$NOTES"
     case "$*" in
       *--simulate*) echo 'Inst libneeded (1.0 Debian)'; echo 'Inst redis-server (7.0 Debian)' ;;
       *download*) ${rest} touch redis-server_7.deb libneeded_1.deb ;;
     esac`,
      );
      put(
        'dpkg-deb',
        `mkdir -p "$3/usr/bin"; case "$2" in *redis-server*) printf '#!/bin/sh\\necho ran' > "$3/usr/bin/redis-server" ;; esac
     chmod -R +x "$3/usr/bin"`,
      );
    },
    restore() {
      Object.assign(process.env, before);
      jest.restoreAllMocks();
      folder.remove();
    },
  };
}
