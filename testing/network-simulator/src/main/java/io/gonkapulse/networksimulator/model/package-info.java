/** Participants, their work and their settlements, as pure functions of seed, node and height. */
@NullMarked
package io.gonkapulse.networksimulator.model;

import org.jspecify.annotations.NullMarked;
