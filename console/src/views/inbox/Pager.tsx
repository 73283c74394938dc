import { inbox as texts } from '../../texts/console';

interface Props {
  readonly page: number;
  readonly pages: number;
  readonly onChange: (page: number) => void;
}

/** Turning pages. Pages are counted from 0. */
export function Pager({ page, pages, onChange }: Props) {
  if (pages < 2) {
    return null;
  }
  return (
    <nav class="pager" aria-label={texts.pages}>
      <button type="button" class="quiet" disabled={page === 0} onClick={() => onChange(page - 1)}>
        {texts.previous}
      </button>
      <span aria-live="polite">{texts.page(page + 1, pages)}</span>
      <button type="button" class="quiet" disabled={page === pages - 1} onClick={() => onChange(page + 1)}>
        {texts.next}
      </button>
    </nav>
  );
}
