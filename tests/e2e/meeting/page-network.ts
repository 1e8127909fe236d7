import type { CDPSession, Page } from 'playwright-core';

/** Bytes per second that nothing here reaches: without any limit the browser emulates nothing. */
const FAST = 1e9;

/** The network of a page, as the browser emulates it: for connections that are opened after this only. */
export class PageNetwork {
  private constructor(private readonly devTools: CDPSession) {}

  static async of(page: Page): Promise<PageNetwork> {
    const network = new PageNetwork(await page.context().newCDPSession(page));
    await network.devTools.send('Network.enable');
    await network.lose(0);
    return network;
  }

  /** Loses a share of the packets of WebRTC, 0 to 100 %, both ways. */
  async lose(packetLoss: number): Promise<void> {
    const fast = { offline: false, latency: 0, downloadThroughput: FAST, uploadThroughput: FAST };
    await this.devTools.send('Network.emulateNetworkConditions', { ...fast, packetLoss });
  }
}
