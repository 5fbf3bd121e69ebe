import assert from "node:assert/strict";
import { test } from "node:test";

import { Shape, write } from "../../../static/js/draw/surface.js";
import { svgFile } from "../../../static/js/draw/svg-surface.js";
import { installCanvas } from "../canvas.js";

/** @import {SvgSurface} from "../../../static/js/draw/svg-surface.js" */

installCanvas();

const FILE = { width: 20, height: 10, title: "T", description: "D", background: "#fff", font: "serif" };

/** What a drawing adds to the file, without its head and ground. @param {(surface: SvgSurface) => void} draw */
const body = (draw) => /^<svg.*?<\/desc><path[^>]*\/>(.*)<\/svg>$/s.exec(svgFile(FILE, draw).text)?.[1];

test("a file says what it is, and how large", () => {
  const { text, width, height } = svgFile({ ...FILE, title: "A < B", description: 'say "hi"' }, () => {});
  assert.deepEqual([width, height], [20, 10]);
  assert.match(
    text,
    /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" width="20" height="10" viewBox="0 0 20 10" role="img" /,
  );
  assert.match(
    text,
    /<title id="title">A &lt; B<\/title><desc id="description">say &quot;hi&quot;<\/desc><path d="M0 0h20v10h-20Z" fill="#fff"\/>/,
  );
});

test("texts are never markup, and nothing in them breaks the file", () => {
  const text = svgFile({ ...FILE, font: '"A", serif' }, (surface) =>
    write(surface, "<b>&\u0000\uD800", 1, 2, { font: '"A", serif', colour: '"/><x' }),
  ).text;
  assert.ok(text.includes(">&lt;b&gt;&amp;\uFFFD\uFFFD</text>"));
  assert.ok(text.includes('fill="&quot;/&gt;&lt;x"'));
  assert.ok(text.includes('font-family="&quot;A&quot;, serif"'));
});

test("what is filled and outlined is one element, with the state of either call", () => {
  assert.equal(
    body((surface) => {
      surface.fillStyle = "red";
      surface.globalAlpha = 0.5;
      surface.beginPath();
      surface.moveTo(1, 2);
      surface.lineTo(3.456, 4);
      surface.fill();
      surface.globalAlpha = 1;
      surface.lineWidth = 3;
      surface.setLineDash([4, 3]);
      surface.stroke();
    }),
    '<path d="M1 2L3.46 4" fill="red" fill-opacity="0.5" stroke="#000" stroke-width="3" stroke-dasharray="4 3"/>',
  );
});

test("an outline under what fills it stays under it", () => {
  const shape = new Shape("M0 0h1");
  assert.equal(
    body((surface) => {
      surface.stroke(shape);
      surface.fill(shape);
    }),
    '<path d="M0 0h1" fill="none" stroke="#000"/><path d="M0 0h1" fill="#000"/>',
  );
});

test("what is saved comes back, with all that was moved and clipped", () => {
  assert.equal(
    body((surface) => {
      surface.save();
      surface.fillStyle = "red";
      surface.translate(5, 6);
      surface.rotate(Math.PI / 2);
      surface.fillRect(0, 0, 1, 1);
      surface.restore();
      surface.fillRect(1, 1, 1, 1);
      surface.save();
      surface.beginPath();
      surface.rect(0, 0, 9, 9);
      surface.clip();
      surface.fillRect(2, 2, 1, 1);
      surface.restore();
      surface.restore();
    }),
    '<path d="M0 0h1v1h-1Z" fill="red" transform="translate(5 6) rotate(90)"/><path d="M1 1h1v1h-1Z" fill="#000"/>'
      + '<clipPath id="clip-1"><path d="M0 0h9v9h-9Z"/></clipPath><g clip-path="url(#clip-1)"><path d="M2 2h1v1h-1Z" fill="#000"/></g>',
  );
});

test("circles and arcs end where they should", () => {
  const arc = (/** @type {number} */ to) =>
    body((surface) => {
      surface.beginPath();
      surface.arc(10, 10, 2, 0, to);
      surface.stroke();
    });
  assert.match(arc(2 * Math.PI) ?? "", /d="M12 10A2 2 0 1 1 8 10A2 2 0 1 1 12 10"/);
  assert.match(arc(Math.PI / 2) ?? "", /d="M12 10A2 2 0 0 1 10 12"/);
  assert.match(arc(1.5 * Math.PI) ?? "", /d="M12 10A2 2 0 1 1 10 8"/);
});

test("as on a canvas, what is no number is not drawn", () => {
  assert.equal(
    body((surface) => {
      surface.beginPath();
      surface.moveTo(NaN, 1);
      surface.lineTo(1, Infinity);
      surface.arc(NaN, 0, 1, 0, 7);
      surface.rect(0, NaN, 1, 1);
      surface.stroke();
      surface.fill();
      surface.fillRect(NaN, 0, 1, 1);
      surface.fillText("x", NaN, 0);
    }),
    "",
  );
});

test("a text stands where a canvas would put it, and is pressed together where it is too long", () => {
  assert.equal(
    body((surface) =>
      write(surface, "abc", 10, 20, { font: "serif", colour: "red", size: 10, align: "center", baseline: "top" }),
    ),
    '<text x="10" y="29" text-anchor="middle" font-size="10" fill="red">abc</text>',
  );
  assert.equal(
    body((surface) =>
      write(surface, "abc", 0, 0, { font: "mono", colour: "red", size: 10, weight: 600, align: "right", most: 9 }),
    ),
    '<text x="0" y="0" text-anchor="end" font-size="10" font-weight="600" font-family="mono" fill="red" textLength="9" lengthAdjust="spacingAndGlyphs">abc</text>',
  );
});
