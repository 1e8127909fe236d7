/** A program of the system that parts of the school need. */
export interface Tool {
  /** Names it may have on PATH, best first. */
  readonly commands: readonly string[];
  /** The variable that names another path. */
  readonly variable: string;
  /** Debian packages that carry it. */
  readonly debian: readonly string[];
  /** Homebrew formula that carries it. */
  readonly homebrew: string;
}

export const TOOLS = {
  'redis-server': {
    commands: ['redis-server', 'valkey-server'],
    variable: 'REDIS_SERVER_BIN',
    debian: ['redis-server', 'redis-tools', 'libjemalloc2', 'liblzf1'],
    homebrew: 'redis',
  },
  chromium: {
    commands: ['chromium', 'chromium-browser', 'google-chrome'],
    variable: 'CHROMIUM_BIN',
    debian: ['chromium', 'fonts-noto-cjk'],
    homebrew: 'chromium',
  },
  pdftoppm: { commands: ['pdftoppm'], variable: 'PDFTOPPM_BIN', debian: ['poppler-utils'], homebrew: 'poppler' },
  'swift-proxy-server': {
    commands: ['swift-proxy-server'],
    variable: 'SWIFT_PROXY_BIN',
    debian: ['swift-proxy', 'swift-account', 'swift-container', 'swift-object', 'python3-swift'],
    homebrew: '',
  },
} as const satisfies Record<string, Tool>;

export type ToolName = keyof typeof TOOLS;
