package dev.tempo.timeline.analysis;

import dev.tempo.timeline.Span;

/** A part of a span in which no other lay inside of it. */
record Stretch(Span span, long from, long to) {}
