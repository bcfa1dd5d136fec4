import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { MeasurementError } from '../measurement-error.ts';
import { cacheFolder } from '../peers/environment.ts';
import type { Package } from './table.ts';

/**
 * The archive of a package, as its registry has it; fetched once, by the registry's own client.
 *
 * @param python One with pip.
 * @throws MeasurementError where it cannot be fetched, with what the client said
 */
export function packageFile({ registry, name, version }: Package, python: string): string {
  const folder = join(cacheFolder('tables'), 'packages', `${name.replaceAll('/', '-')}-${version}`);
  if (!existsSync(folder)) {
    console.error(`Fetching ${name} ${version} from ${registry} …`);
    const begun = `${folder}.tmp`;
    rmSync(begun, { recursive: true, force: true });
    mkdirSync(begun, { recursive: true });
    const [program, args] =
      registry === 'npm'
        ? (['npm', ['pack', '--silent', `${name}@${version}`, '--pack-destination', begun]] as const)
        : ([python, ['-m', 'pip', 'download', '--no-deps', '--dest', begun, `${name}==${version}`]] as const);
    const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' });
    if (status !== 0) {
      rmSync(begun, { recursive: true });
      const [said = 'it was killed'] = `${stdout ?? ''}${stderr ?? ''}`.trim().split('\n').slice(-1);
      throw new MeasurementError(`${name} ${version} could not be fetched from ${registry}: ${said}`);
    }
    renameSync(begun, folder);
  }
  const [file] = readdirSync(folder);
  return join(folder, file as string);
}
