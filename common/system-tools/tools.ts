/** A program of the system that parts of the school need. */
export interface Tool {
  /** Names it may have on PATH, best first. */
  readonly commands: readonly string[];
  /** The variable that names another path. */
  readonly variable: string;
  /** Debian packages that carry it; what else they depend on, and the system has not, is found by apt. */
  readonly debian: readonly string[];
  /** Arguments of `brew install`; none where Homebrew does not have it. */
  readonly homebrew: readonly string[];
  /** Where an unpacked package has the real program, when what it has in `usr/bin` works only once installed. */
  readonly unpacked?: readonly string[];
  /** Where else an installer leaves it, outside PATH. */
  readonly elsewhere?: readonly string[];
}

export const TOOLS = {
  'redis-server': {
    commands: ['redis-server', 'valkey-server'],
    variable: 'REDIS_SERVER_BIN',
    // The program is a link to one of redis-tools, which alone may be there already.
    debian: ['redis-server', 'redis-tools'],
    homebrew: ['redis'],
  },
  chromium: {
    commands: ['chromium', 'chromium-browser', 'google-chrome'],
    variable: 'CHROMIUM_BIN',
    debian: ['chromium', 'fonts-noto-cjk'],
    homebrew: ['--cask', 'chromium'],
    unpacked: ['usr/lib/chromium/chromium'],
    elsewhere: [
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    ],
  },
  /** The program ffprobe lies beside it. */
  ffmpeg: { commands: ['ffmpeg'], variable: 'FFMPEG_BIN', debian: ['ffmpeg'], homebrew: ['ffmpeg'] },
  pdftoppm: { commands: ['pdftoppm'], variable: 'PDFTOPPM_BIN', debian: ['poppler-utils'], homebrew: ['poppler'] },
  /** A TURN server, for tests of networks where media cannot go directly. */
  turnserver: { commands: ['turnserver'], variable: 'TURNSERVER_BIN', debian: ['coturn'], homebrew: ['coturn'] },
  /** OpenStack Swift with its S3 layer: an S3 server that is not ours, for tests. The other servers lie beside it. */
  swift: {
    commands: ['swift-proxy-server'],
    variable: 'SWIFT_PROXY_SERVER_BIN',
    debian: ['swift-proxy', 'swift-account', 'swift-container', 'swift-object', 'python3-swift'],
    homebrew: [],
  },
  /** The programs that watch the school, for verifications of dashboards and alerts. */
  prometheus: {
    commands: ['prometheus'],
    variable: 'PROMETHEUS_BIN',
    debian: ['prometheus'],
    homebrew: ['prometheus'],
  },
  promtool: { commands: ['promtool'], variable: 'PROMTOOL_BIN', debian: ['prometheus'], homebrew: ['prometheus'] },
  alertmanager: {
    commands: ['alertmanager', 'prometheus-alertmanager'],
    variable: 'ALERTMANAGER_BIN',
    debian: ['prometheus-alertmanager'],
    homebrew: ['alertmanager'],
  },
  amtool: {
    commands: ['amtool'],
    variable: 'AMTOOL_BIN',
    debian: ['prometheus-alertmanager'],
    homebrew: ['alertmanager'],
  },
  'postgres-exporter': {
    commands: ['postgres_exporter', 'prometheus-postgres-exporter'],
    variable: 'POSTGRES_EXPORTER_BIN',
    debian: ['prometheus-postgres-exporter'],
    homebrew: ['postgres_exporter'],
  },
  'redis-exporter': {
    commands: ['redis_exporter', 'prometheus-redis-exporter'],
    variable: 'REDIS_EXPORTER_BIN',
    debian: ['prometheus-redis-exporter'],
    homebrew: ['redis_exporter'],
  },
} as const satisfies Record<string, Tool>;

export type ToolName = keyof typeof TOOLS;
