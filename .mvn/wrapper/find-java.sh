# Read by ./mvnw, ./weft and .ci/run: sets $java to a Java of at least 17, from JAVA_HOME or else from the PATH, or ends
# the script with one sentence and exit code 2.

java_needed=17

if [ -n "${JAVA_HOME:-}" ]; then
  java=$JAVA_HOME/bin/java
  if [ ! -x "$java" ]; then
    echo "JAVA_HOME is $JAVA_HOME, where there is no Java: let it name a JDK $java_needed or newer, or unset it." >&2
    exit 2
  fi
elif ! java=$(command -v java); then
  echo "Weft needs Java, and none was found: install a JDK $java_needed or newer, or let JAVA_HOME name one." >&2
  exit 2
fi

# The line with the version is the only one with a quoted word: JAVA_TOOL_OPTIONS puts others before it.
java_version=$("$java" -version 2>&1 | sed -n 's/^[^"]* version "\([^"]*\)".*/\1/p' | head -n 1)
java_major=${java_version#1.}
java_major=${java_major%%[!0-9]*}
if [ "${java_major:-0}" -lt "$java_needed" ]; then
  echo "Weft needs Java $java_needed or newer, and $java is ${java_version:-of an unknown version}:" \
    "install a newer JDK, or let JAVA_HOME name one." >&2
  exit 2
fi
