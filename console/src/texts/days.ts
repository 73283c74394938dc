import type { Day } from '../session/types';

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** A day as it is read: `23 November 2026`. What is no day comes back as it is. */
export function formatDay(day: Day): string {
  return written(day, (month) => month);
}

/** A day where there is little room: `23 Nov 2026`. What is no day comes back as it is. */
export function shortDay(day: Day): string {
  return written(day, (month) => month.slice(0, 3));
}

/** A month, `YYYY-MM`, as it is read: `November 2026`. What is no month comes back as it is. */
export function formatMonth(month: string): string {
  const [, year, number] = /^(\d{4})-(\d{2})$/.exec(month) ?? [];
  const name = MONTHS[Number(number) - 1];
  return name === undefined ? month : `${name} ${year}`;
}

/** The first three letters of a month `YYYY-MM`: `Nov`. What is no month comes back as it is. */
export function shortMonth(month: string): string {
  return MONTHS[Number(month.slice(5)) - 1]?.slice(0, 3) ?? month;
}

// By hand: `Intl` would read a day as a moment, and show another day west of Greenwich.
function written(day: Day, name: (month: string) => string): string {
  const [, year, number, date] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day) ?? [];
  const month = MONTHS[Number(number) - 1];
  return month === undefined ? day : `${Number(date)} ${name(month)} ${year}`;
}
