package io.gonkapulse.jobreporter.cli;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.Map;

/** What the program gets from its process. */
record ProgramContext(
        Map<String, String> environment,
        InstantSource clock,
        InputStream in,
        PrintWriter out,
        OutputStream rawErrors,
        PrintWriter err) {}
