import { expect, test } from 'vitest';
import { asksForIdentity } from './identity-questions';

test.each([
  'Thank you. What is your name?',
  'Could you tell us your department?',
  'Who are you, and where do you sit?',
  'Please call me at the office.',
  'How can we reach you outside of work?',
  'Which team are you in?',
  'We need your personnel number to go on.',
])('notices that “%s” asks who the reporter is', (text) => {
  expect(asksForIdentity(text)).toBe(true);
});

test.each([
  'Which month was the invoice booked in?',
  'What is the name of the supplier?',
  'Who else saw the second letter?',
  'Where are the papers kept now?',
  'Thank you for writing to us. We will answer within a month.',
  'Do you know which team ordered the vans?',
])('lets “%s” pass: it asks about facts', (text) => {
  expect(asksForIdentity(text)).toBe(false);
});
