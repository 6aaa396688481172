import { paymentSum, roundPayment } from "../../../core/domain/payment.ts";
import { assert, suite } from "../../harness.ts";

const test = suite("domain/payment");

test("paymentSum makes equal payments equal however they are added up", () => {
  assert.is.not(0.1 + 0.2, 0.3);
  assert.is(paymentSum([0.1, 0.2]), 0.3);
  assert.is(paymentSum([0.7, 0.1, 0.3]), paymentSum([0.3, 0.7, 0.1]));
  assert.is(paymentSum([]), 0);
});

test("paymentSum keeps what is not finite, so that it is still found to be no reward", () => {
  assert.is(paymentSum([Infinity, 1]), Infinity);
  assert.ok(Number.isNaN(paymentSum([NaN])));
});

test("roundPayment keeps what is too large for twelve decimals", () => {
  assert.is(roundPayment(123456.789012345), 123456.789012345);
  assert.is(roundPayment(-0.1 - 0.2), -0.3);
});
