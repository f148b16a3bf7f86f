import { packCache } from '@firedrill/provision';

export async function cachePackCommand({ out }: { readonly out: string }): Promise<void> {
  const packed = await packCache(out);
  const megabytes = (packed.bytes / 1024 / 1024).toFixed(0);
  process.stdout.write(
    `${packed.file}: ${megabytes} MB, ${packed.components.join(', ')}\nsha256 ${packed.sha256}\n`,
  );
}
