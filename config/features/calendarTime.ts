import { z } from "zod";

const shorthands = [
  "minutely",
  "hourly",
  "daily",
  "weekly",
  "monthly",
  "quarterly",
  "semiannually",
  "yearly",
  "annually",
];
const day = "(?:mon(?:day)?|tue(?:sday)?|wed(?:nesday)?|thu(?:rsday)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)";
const days = `${day}(?:(?:,|\\.\\.)${day})*`;
const number = "(?:\\*|\\d+(?:\\.\\.\\d+)?)(?:/\\d+)?";
const numbers = `${number}(?:,${number})*`;
const date = `(?:${numbers}-)?${numbers}[-~]${numbers}`;
const time = `${numbers}:${numbers}(?::${numbers})?`;
const zone = "(?:UTC|[A-Za-z_]+(?:/[A-Za-z_+-]+)+)";
const full = new RegExp(
  `^(?:${shorthands.join("|")}|(?:${days} ?)?(?:${date})?(?: ?${time})?)(?: ${zone})?$`,
  "i",
);

/** Five fields as in a crontab. */
const cron = /^\S+( +\S+){4}$/;

/** A time of systemd's calendar, by its form; systemd itself has the last word on the node. */
export const calendarTime = z.string().superRefine((text, context) => {
  if (text.trim() === text && text !== "" && full.test(text)) return;
  const isCron = cron.test(text);
  const found = `${JSON.stringify(text)}${isCron ? ", which is cron's" : ""}`;
  const message = `expected a time of systemd's calendar, as daily or Mon..Fri 03:00, got ${found}; see man systemd.time`;
  context.addIssue({ code: "custom", message });
});
