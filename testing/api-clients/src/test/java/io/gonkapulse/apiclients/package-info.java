@NullMarked
package io.gonkapulse.apiclients;

import org.jspecify.annotations.NullMarked;
