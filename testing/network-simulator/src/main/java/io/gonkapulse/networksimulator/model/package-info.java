/** Blocks, epochs, participants, their work and settlements, as pure functions of seed, participant and height. */
@NullMarked
package io.gonkapulse.networksimulator.model;

import org.jspecify.annotations.NullMarked;
