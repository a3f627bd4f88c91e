import type { Deps } from '../../deps.ts';
import type { ListContent } from '../../spec/deployment/listed.ts';

/** Lists what assets are made of. Where no deployment names local files, what does so is not loaded. */
export function contentLister({ files, signal }: Pick<Deps, 'files' | 'signal'>): ListContent {
  let opened: Promise<ListContent> | undefined;
  return async (content) => {
    opened ??= import('../../assets/lister.ts').then(({ openLister }) => openLister(files, signal));
    return (await opened)(content);
  };
}
