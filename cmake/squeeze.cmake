# What scripts and style sheets lose when they become part of the program:
# comments and the white space that only people need; in scripts also the length
# of their own names (squeeze_js.cmake).  Templates stay as they are written.
include(${CMAKE_CURRENT_LIST_DIR}/squeeze_js.cmake)

# Style sheets hold no comment signs in strings, and no two spaces that matter.
# These properties of theme.css, which no program names, become single letters
# (`name=letter`); taken are also those of --e, --k, --o, --t, --v, --w and --x.
set(_private accent=a bg=b goodbg=g ink=i ink2=j ink3=l line=m line2=n mono=p
  panel=q sans=s)

# Rules of one @media stand together, behind all others: so they must not hope
# for an equal rule behind them.  The regular expressions are a block in brackets,
# four deep, and what may stand before one.
function(pv_squeeze_css text out)
  string(REGEX REPLACE "/[*]([^*]|[*]+[^*/])*[*]+/" "" text "${text}")
  string(REGEX REPLACE "[ \n]+" " " text "${text}")
  string(REGEX REPLACE " ?([{};,>]) ?" "\\1" text "${text}")
  string(REGEX REPLACE ": " ":" text "${text}")
  string(REGEX REPLACE "(@[a-z]+) [(]" "\\1(" text "${text}")
  string(REGEX REPLACE ";}" "}" text "${text}")
  foreach(pair IN LISTS _private)
    string(REPLACE "=" ";" pair ${pair})
    list(GET pair 0 name)
    list(GET pair 1 letter)
    string(REGEX REPLACE "--${name}([):])" "--${letter}\\1" text "${text}")
  endforeach()
  string(STRIP "${text}" text)

  string(REPLACE ";" "${_semi}" text "${text}")
  string(REPLACE "[" "${_open}" text "${text}")
  string(REPLACE "]" "${_shut}" text "${text}")
  set(plain "[^{}]*")
  set(block "{${plain}}")
  foreach(depth 1 2 3)
    set(block "{${plain}(${block}${plain})*}")
  endforeach()
  string(REGEX MATCHALL "[^{}]+${block}" rules "${text}")
  set(result "")
  set(medias "")
  foreach(rule IN LISTS rules)
    if(rule MATCHES "^(@media[^{]*){(.*)}$")
      string(MD5 key "${CMAKE_MATCH_1}")
      list(APPEND medias ${key})
      set(head_${key} "${CMAKE_MATCH_1}")
      string(APPEND body_${key} "${CMAKE_MATCH_2}")
    else()
      string(APPEND result "${rule}")
    endif()
  endforeach()
  list(REMOVE_DUPLICATES medias)
  foreach(key IN LISTS medias)
    string(APPEND result "${head_${key}}{${body_${key}}}")
  endforeach()
  string(REPLACE "${_semi}" ";" result "${result}")
  string(REPLACE "${_open}" "[" result "${result}")
  string(REPLACE "${_shut}" "]" result "${result}")
  set(${out} "${result}\n" PARENT_SCOPE)
endfunction()
