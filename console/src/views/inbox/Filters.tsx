import type { Ref } from 'preact';
import { NO_WISHES, type Order, type Shown, type Wishes } from '../../state/listing';
import { inbox as texts } from '../../texts/console';
import { CATEGORY_CODES, STATUS_CODES, categoryName, statusName } from '../../texts/terms';

interface Props {
  readonly wishes: Wishes;
  readonly onChange: (wishes: Wishes) => void;
  readonly searchField: Ref<HTMLInputElement>;
}

const SHOWN: readonly Shown[] = ['open', 'closed', 'all'];
const ORDERS: readonly Order[] = ['due', 'newest', 'oldest'];

/** Search, filters and order. */
export function Filters({ wishes, onChange, searchField }: Props) {
  const change = (part: Partial<Wishes>): void => onChange({ ...wishes, ...part });
  const narrowed = wishes.status !== '' || wishes.category !== '' || wishes.unread || wishes.search !== '';
  return (
    <form class="filters" role="search" onSubmit={(event) => event.preventDefault()}>
      <div class="field grow">
        <label for="search">{texts.search}</label>
        <input
          id="search"
          type="search"
          autocomplete="off"
          spellcheck={false}
          aria-describedby="search-hint"
          ref={searchField}
          value={wishes.search}
          onInput={(event) => change({ search: event.currentTarget.value })}
        />
        <p class="hint" id="search-hint">
          {texts.searchHint}
        </p>
      </div>
      <fieldset class="segments">
        <legend>{texts.shown}</legend>
        {SHOWN.map((shown) => (
          <label key={shown}>
            <input type="radio" name="shown" checked={wishes.shown === shown} onChange={() => change({ shown })} />
            <span>{texts[shown]}</span>
          </label>
        ))}
      </fieldset>
      <details class="more" open={wideEnough()}>
        <summary>{texts.filters}</summary>
        <div class="row">
          <Choice
            id="order"
            label={texts.order}
            value={wishes.order}
            options={ORDERS.map((order) => [order, texts[order]])}
            onChange={(order) => change({ order: order as Order })}
          />
          <Choice
            id="status"
            label={texts.status}
            value={wishes.status}
            options={[['', texts.any], ...STATUS_CODES.map((code) => [code, statusName(code)] as const)]}
            onChange={(status) => change({ status, shown: 'all' })}
          />
          <Choice
            id="category"
            label={texts.category}
            value={wishes.category}
            options={[['', texts.any], ...CATEGORY_CODES.map((code) => [code, categoryName(code)] as const)]}
            onChange={(category) => change({ category })}
          />
          <label class="check">
            <input
              type="checkbox"
              checked={wishes.unread}
              onChange={(event) => change({ unread: event.currentTarget.checked })}
            />
            {texts.unreadOnly}
          </label>
        </div>
      </details>
      {narrowed && (
        <button
          type="button"
          class="quiet"
          onClick={() => onChange({ ...NO_WISHES, shown: wishes.shown, order: wishes.order })}
        >
          {texts.clear}
        </button>
      )}
    </form>
  );
}

interface ChoiceProps {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly options: readonly (readonly [code: string, name: string])[];
  readonly onChange: (code: string) => void;
}

function Choice({ id, label, value, options, onChange }: ChoiceProps) {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select id={id} value={value} onChange={(event) => onChange(event.currentTarget.value)}>
        {options.map(([code, name]) => (
          <option key={code} value={code}>
            {name}
          </option>
        ))}
      </select>
    </div>
  );
}

/** On a narrow screen the filters are folded away at first. */
function wideEnough(): boolean {
  return window.matchMedia('(min-width: 48rem)').matches;
}
