// Deploys, good and bad, and injected faults, under a constant load.

import type { Report } from '../report.ts';
import { type Deployed, type DeploySettings, deploy, statusOf } from './deploying.ts';
import type { Load, Tally } from './load.ts';
import type { Site } from './site.ts';
import { type Row, rowOf } from './table.ts';

export class LoadTest {
  readonly rows: Row[] = [];
  /** Each good deploy that nothing had befallen before. */
  readonly deploys: Deployed[] = [];
  /** How many went well in all. */
  succeeded = 0;
  /** KiB on the server's disk after so many of them. */
  readonly diskUse = new Map<number, number>();
  readonly site: Site;
  readonly report: Report;
  readonly load: Load;
  private readonly version: (name: string) => Promise<string>;
  private count = 0;

  constructor(site: Site, load: Load, version: (name: string) => Promise<string>, report: Report) {
    this.site = site;
    this.load = load;
    this.version = version;
    this.report = report;
  }

  /** Does something under load; every request has to be served, unless some may be lost. */
  async phase(title: string, action: () => Promise<void>, { mayFail = false } = {}): Promise<Tally> {
    this.report.step(title);
    await this.load.next();
    const began = performance.now();
    await action();
    const tally = await this.load.next();
    this.rows.push(rowOf(title, tally, performance.now() - began));
    const { served, failed, examples } = tally;
    if (!mayFail)
      this.report.equal(`of ${served} requests none failed`, { failed, examples }, { failed: 0, examples: [] });
    else
      console.log(`    ${served} requests served, ${failed} failed${examples.map((it) => `\n      ${it}`).join('')}`);
    return tally;
  }

  /** The next of a dozen good versions, each another image. */
  nextVersion(): Promise<string> {
    this.count += 1;
    return this.version(`good ${this.count % 12}`);
  }

  /** A version by its name, as versions.ts has it. */
  named(name: string): Promise<string> {
    return this.version(name);
  }

  /** A deploy that has to succeed. */
  async deployGood(settings: DeploySettings): Promise<Deployed> {
    const image = await this.nextVersion();
    const deployed = await deploy(this.site, `deploy.sh ${image}`, settings);
    this.report.equal(
      `${image.split('@')[1]?.slice(0, 19)} is live after ${deployed.seconds.toFixed(1)} s`,
      [deployed.status, await this.liveImage()],
      [0, image],
    );
    if (deployed.status === 0) {
      this.succeeded += 1;
      const { text } = await this.site.server.run('df --output=used /var/lib/docker | tail -n 1');
      this.diskUse.set(this.succeeded, Number(text));
    } else console.log(deployed.text);
    return deployed;
  }

  /** A deploy that has to fail, and to leave everything as it was. */
  async deployBad(name: string, saying: RegExp, settings: DeploySettings): Promise<void> {
    const before = await this.liveImage();
    const { status, text, seconds } = await deploy(this.site, `deploy.sh ${await this.version(name)}`, settings);
    this.report.check(
      `the deploy fails, and says why, after ${seconds.toFixed(1)} s`,
      status === 1 && saying.test(text),
      text,
    );
    await this.expectOnly(before);
  }

  /** One colour is there, alone, ready and with this image, and will be back after a boot. */
  async expectOnly(image: string | undefined): Promise<void> {
    const { live, other, deploying } = await statusOf(this.site);
    this.report.equal(
      'the version before it is live, alone',
      { image: live?.image, ready: live?.ready, other, deploying },
      { image, ready: true, other: null, deploying: false },
    );
  }

  async liveImage(): Promise<string | undefined> {
    return (await statusOf(this.site)).live?.image;
  }
}
