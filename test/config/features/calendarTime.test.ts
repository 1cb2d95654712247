import { describe, expect, test } from "vitest";
import { calendarTime } from "../../../config/features/calendarTime.ts";

const right = [
  "daily",
  "weekly UTC",
  "mon",
  "03:00",
  "Mon..Fri 03:00",
  "Sat,Sun 20:00 Europe/Berlin",
  "*:0/15",
  "*:*:0/20",
  "00..17/9:25",
  "10-15",
  "2027-01-01",
  "*-*-* 04:00:00",
  "*-1..7,9-* 0:0",
  "*-02~01",
  "Thu,Fri 2012-*-1,5 11:12:13",
];
const wrong = [
  "",
  "*",
  "25",
  "3am",
  "at 3",
  "dayly",
  "daily 03:00",
  "0 3 * * *",
  "daily ",
  "daily\n[Service]",
];

describe("a time of systemd's calendar", () => {
  test.each(right)("%j is one", (text) => expect(calendarTime.safeParse(text).success).toBe(true));
  test.each(wrong)("%j is none", (text) => expect(calendarTime.safeParse(text).success).toBe(false));
});
