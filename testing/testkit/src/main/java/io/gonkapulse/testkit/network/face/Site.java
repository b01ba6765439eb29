package io.gonkapulse.testkit.network.face;

import io.gonkapulse.testkit.network.http.Request;
import io.gonkapulse.testkit.network.quirk.Quirk;
import java.util.Set;

/** What stands behind a face: knows the paths of one kind of source. */
interface Site {

    Reply reply(Request request, Set<Quirk> quirks);
}
