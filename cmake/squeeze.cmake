# What scripts and style sheets lose when they become part of the program:
# comments and the white space that only people need; in scripts also the length
# of their own names.  Templates stay as they are written.
#
# A script is cut into tokens.  What it declares (`const name = 1, other = 2`,
# `let name`, `function name(a, b)`) gets a name of two letters, unless it is short already
# or is anywhere the name of a property.  So a script must not take a browser's
# own properties apart by name (`const {width} = box`), what it shows to others
# is written out (`{zoom: zoom}`), and a literal regular expression stands behind
# one of `( , = : ! & | ?`.

# CMake's lists are cut at `;` and do not like brackets: while in one, these
# three are control characters, which no script holds.
string(ASCII 1 _semi)
string(ASCII 2 _open)
string(ASCII 3 _shut)

set(_comment "//[^\n]*|/[*]([^*]|[*]+[^*/])*[*]+/")
set(_string "'([^'\\\n]|\\\\.)*'|\"([^\"\\\n]|\\\\.)*\"|`[^`]*`")
set(_regex "[(,=:!&|?] ?/([^/\\\n* ${_open}]|\\\\.|${_open}([^${_shut}\\]|\\\\.)*${_shut})([^/\\\n${_open}]|\\\\.|${_open}([^${_shut}\\]|\\\\.)*${_shut})*/[a-z]*")

function(pv_squeeze_js text out)
  string(REPLACE ";" "${_semi}" text "${text}")
  string(REPLACE "[" "${_open}" text "${text}")
  string(REPLACE "]" "${_shut}" text "${text}")
  string(REGEX MATCHALL
    "${_comment}|${_string}|${_regex}|[A-Za-z0-9_$]+|[ \n]+|=>|[^A-Za-z0-9_$ \n]"
    tokens "${text}")

  # Which names are declared, and which are those of properties?
  set(declared)
  set(depth -1) # of brackets since const or let
  set(before "")
  set(before2 "")
  foreach(t IN LISTS tokens)
    if(t MATCHES "^[ \n]" OR t MATCHES "^/[/*]")
      continue()
    endif()
    if(t MATCHES "^[A-Za-z_$]")
      set(used_${t} 1)
      if(before MATCHES "^([.]|get)$")
        set(property_${t} 1)
      elseif(before MATCHES "^(const|let|function)$" OR
             (before MATCHES "^[(,]$" AND parameters) OR
             (before STREQUAL "," AND depth EQUAL 0))
        list(APPEND declared ${t})
      endif()
      if(t MATCHES "^(const|let)$")
        set(depth 0)
      endif()
    elseif(t STREQUAL ":" AND before2 MATCHES "^[{,]$")
      set(property_${before} 1)
    elseif(t MATCHES "^`")
      string(REGEX MATCHALL "[A-Za-z_$][A-Za-z0-9_$]*" words "${t}")
      foreach(w IN LISTS words)
        set(property_${w} 1)
      endforeach()
    elseif(t MATCHES "^[({${_open}]$")
      if(depth GREATER -1)
        math(EXPR depth "${depth} + 1")
      endif()
      set(parameters 0)
      if(before2 STREQUAL "function")
        set(parameters 1)
      endif()
    elseif(t MATCHES "^[)}${_shut}]$")
      if(depth GREATER -1)
        math(EXPR depth "${depth} - 1")
      endif()
      set(parameters 0)
    elseif(t STREQUAL "${_semi}" AND depth EQUAL 0)
      set(depth -1)
    endif()
    set(before2 "${before}")
    set(before "${t}")
  endforeach()

  set(letters a b c d e f g h i j k l m n o p q r s t u v w x y z)
  set(free)
  foreach(a IN LISTS letters)
    foreach(b IN LISTS letters)
      if(NOT DEFINED used_${a}${b} AND NOT "${a}${b}" MATCHES "^(do|if|in|of|as)$")
        list(APPEND free ${a}${b})
      endif()
    endforeach()
  endforeach()
  list(REMOVE_DUPLICATES declared)
  foreach(name IN LISTS declared)
    string(LENGTH ${name} n)
    if(n GREATER 2 AND NOT DEFINED property_${name})
      list(POP_FRONT free short_${name})
    endif()
  endforeach()

  # White space stays between words; a line's end where a statement might end
  # without a semicolon.
  set(result "")
  set(gap "")
  set(before ";")
  foreach(t IN LISTS tokens)
    if(t MATCHES "^[ \n]")
      string(FIND "${t}" "\n" line)
      if(line EQUAL -1 AND gap STREQUAL "")
        set(gap " ")
      elseif(NOT line EQUAL -1)
        set(gap "\n")
      endif()
    elseif(NOT t MATCHES "^/[/*]")
      if(gap STREQUAL " " AND NOT
         (before MATCHES "[A-Za-z0-9_$]$" AND t MATCHES "^[A-Za-z0-9_$]") AND NOT
         (before MATCHES "[-+]$" AND t MATCHES "^[-+]"))
        set(gap "")
      elseif(gap STREQUAL "\n" AND
             (before MATCHES "^[{(,=+?:&|${_semi}${_open}]$" OR before STREQUAL "=>" OR
              t MATCHES "^[})?:&|.${_shut}]"))
        set(gap "")
      endif()
      if(t MATCHES "^[(,=:!&|?] /")
        string(REGEX REPLACE "^(.) " "\\1" t "${t}")
      endif()
      if(DEFINED short_${t})
        string(APPEND result "${gap}${short_${t}}")
      else()
        string(APPEND result "${gap}${t}")
      endif()
      set(gap "")
      set(before "${t}")
    endif()
  endforeach()
  string(REPLACE "${_semi}" ";" result "${result}")
  string(REPLACE "${_open}" "[" result "${result}")
  string(REPLACE "${_shut}" "]" result "${result}")
  set(${out} "${result}\n" PARENT_SCOPE)
endfunction()

# Style sheets hold no comment signs in strings, and no two spaces that matter.
function(pv_squeeze_css text out)
  string(REGEX REPLACE "/[*]([^*]|[*]+[^*/])*[*]+/" "" text "${text}")
  string(REGEX REPLACE "[ \n]+" " " text "${text}")
  string(REGEX REPLACE " ?([{};,>]) ?" "\\1" text "${text}")
  string(REGEX REPLACE ": " ":" text "${text}")
  string(REGEX REPLACE ";}" "}" text "${text}")
  string(STRIP "${text}" text)
  set(${out} "${text}\n" PARENT_SCOPE)
endfunction()
