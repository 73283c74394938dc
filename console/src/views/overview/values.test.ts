import { describe, expect, it } from 'vitest';
import { lengthOf, percentOf } from './values';

describe('shares', () => {
  it('are rounded, and never away from or to all and none', () => {
    expect([percentOf(1, 3), percentOf(2, 3), percentOf(0, 9), percentOf(9, 9)]).toEqual([33, 67, 0, 100]);
    expect([percentOf(999, 1000), percentOf(1, 1000)]).toEqual([99, 1]);
  });

  it('are not there where a number is not shown, or nothing was counted', () => {
    expect([percentOf('under_5', 20), percentOf(12, 'not_shown'), percentOf(0, 0)]).toEqual(Array(3).fill(undefined));
  });

  it('have no bar where words stand', () => {
    expect([lengthOf(7), lengthOf('under_5'), lengthOf('not_shown')]).toEqual([7, 0, 0]);
  });
});
