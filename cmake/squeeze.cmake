# What scripts and style sheets lose when they become part of the program:
# comments and the white space that only people need; in scripts also the length
# of their own names (squeeze_js.cmake).  Templates stay as they are written.
include(${CMAKE_CURRENT_LIST_DIR}/squeeze_js.cmake)

# Style sheets hold no comment signs in strings, and no two spaces that matter.
# These properties of theme.css, which no program names, become single letters
# (`name=letter`); taken are also those of --k, --kt, --c, --h and --t.
set(_private accent=a bg=b badbg=d barf=f goodbg=g ink=i ink2=j ink3=l line=m
  line2=n mono=o onacc=p panel=q raise=r sans=s track=u bad=v warn=w warnbg=y)

function(pv_squeeze_css text out)
  string(REGEX REPLACE "/[*]([^*]|[*]+[^*/])*[*]+/" "" text "${text}")
  string(REGEX REPLACE "[ \n]+" " " text "${text}")
  string(REGEX REPLACE " ?([{};,>]) ?" "\\1" text "${text}")
  string(REGEX REPLACE ": " ":" text "${text}")
  string(REGEX REPLACE ";}" "}" text "${text}")
  foreach(pair IN LISTS _private)
    string(REPLACE "=" ";" pair ${pair})
    list(GET pair 0 name)
    list(GET pair 1 letter)
    string(REGEX REPLACE "--${name}([):])" "--${letter}\\1" text "${text}")
  endforeach()
  string(STRIP "${text}" text)
  set(${out} "${text}\n" PARENT_SCOPE)
endfunction()
