# What scripts and style sheets lose when they become part of the program:
# comments and the white space that only people need; in scripts also the length
# of their own names.  Templates stay as they are written.
#
# A script is cut into tokens.  What it declares (`const name = 1, other = 2`,
# `let name`, `function name(one, two)`, `(one, two) =>`) gets a name of one or two
# letters; the names of properties stay.  So in a script
# - an object's members are written out, `{zoom: zoom, hide: () => {}}`, or their
#   names stay as they are everywhere, as in `const {fn, par} = tree`;
# - nothing is declared that a browser has by the same name;
# - a literal regular expression stands behind one of `( , = => : ! & | ?`.

# CMake's lists are cut at `;` and do not like brackets: while in one, these
# three are control characters, which no script holds.
string(ASCII 1 _semi)
string(ASCII 2 _open)
string(ASCII 3 _shut)

set(_comment "//[^\n]*|/[*]([^*]|[*]+[^*/])*[*]+/")
set(_string "'([^'\\\n]|\\\\.)*'|\"([^\"\\\n]|\\\\.)*\"|`[^`]*`")
set(_regex "(=>|[(,=:!&|?]) ?/([^/\\\n* ${_open}]|\\\\.|${_open}([^${_shut}\\]|\\\\.)*${_shut})([^/\\\n${_open}]|\\\\.|${_open}([^${_shut}\\]|\\\\.)*${_shut})*/[a-z]*")

function(pv_squeeze_js text out)
  string(REPLACE ";" "${_semi}" text "${text}")
  string(REPLACE "[" "${_open}" text "${text}")
  string(REPLACE "]" "${_shut}" text "${text}")
  string(REGEX MATCHALL
    "${_comment}|${_string}|${_regex}|[A-Za-z0-9_$]+|[ \n]+|=>|[.][.][.]|[^A-Za-z0-9_$ \n]"
    tokens "${text}")

  # The tokens that matter, and what stood before them: nothing, " " or a line's
  # end.
  set(n 0)
  set(gap_0 "")
  foreach(t IN LISTS tokens)
    if(t MATCHES "^[ \n]")
      if(t MATCHES "\n")
        set(gap_${n} "\n")
      elseif(gap_${n} STREQUAL "")
        set(gap_${n} " ")
      endif()
    elseif(NOT t MATCHES "^/[/*]")
      if(t MATCHES "^(=>|[(,=:!&|?]) ?(/.*)$") # an expression and what is before
        set(tok_${n} "${CMAKE_MATCH_1}")
        math(EXPR n "${n} + 1")
        set(gap_${n} "")
        set(t "${CMAKE_MATCH_2}")
      endif()
      set(tok_${n} "${t}")
      math(EXPR n "${n} + 1")
      set(gap_${n} "")
    endif()
  endforeach()
  set(tok_-1 "")
  set(tok_-2 "")
  set(tok_${n} "")
  math(EXPR last "${n} - 1")

  # Which names are declared, where are properties, which names are both at once?
  set(declared)
  set(depth -1) # of brackets since const or let
  set(level 0)  # of parentheses; names_LEVEL are what may turn out parameters
  set(names_0)
  set(open "")  # the brackets around, innermost first
  set(before "")
  foreach(i RANGE ${last})
    set(t "${tok_${i}}")
    math(EXPR j "${i} + 1")
    set(after "${tok_${j}}")
    if(t MATCHES "^[A-Za-z_$]")
      if(NOT DEFINED used_${t})
        set(used_${t} 0)
      endif()
      if(before MATCHES "^([.]|get)$" OR
         (before MATCHES "^[{,]$" AND after STREQUAL ":"))
        set(plain_${i} 1)
      else()
        math(EXPR used_${t} "${used_${t}} + 1")
        if(before MATCHES "^[{,]$" AND after MATCHES "^[,}]$" AND open MATCHES "^{")
          set(both_${t} 1)
        endif()
        if(before MATCHES "^(const|let|function)$" OR
           (before MATCHES "^[(,]$" AND parameters) OR
           (before STREQUAL "," AND depth EQUAL 0))
          list(APPEND declared ${t})
        elseif(before MATCHES "^[(,]$")
          list(APPEND names_${level} ${t})
        endif()
        if(t MATCHES "^(const|let)$")
          set(depth 0)
        endif()
      endif()
    elseif(t MATCHES "^`")
      string(REGEX MATCHALL "[A-Za-z_$][A-Za-z0-9_$]*" words "${t}")
      foreach(w IN LISTS words)
        set(both_${w} 1)
      endforeach()
    elseif(t STREQUAL "=>")
      if(before STREQUAL ")")
        list(APPEND declared ${names})
      else()
        list(APPEND declared ${before})
      endif()
    elseif(t MATCHES "^[({${_open}]$")
      string(PREPEND open "${t}")
      if(depth GREATER -1)
        math(EXPR depth "${depth} + 1")
      endif()
      set(parameters 0)
      if(t STREQUAL "(")
        math(EXPR level "${level} + 1")
        set(names_${level})
        math(EXPR j "${i} - 2")
        if("${tok_${j}}" STREQUAL "function")
          set(parameters 1)
        endif()
      endif()
    elseif(t MATCHES "^[)}${_shut}]$")
      string(SUBSTRING "${open}" 1 -1 open)
      if(depth GREATER -1)
        math(EXPR depth "${depth} - 1")
      endif()
      set(parameters 0)
      if(t STREQUAL ")")
        set(names ${names_${level}})
        math(EXPR level "${level} - 1")
      endif()
    elseif(t STREQUAL "${_semi}" AND depth EQUAL 0)
      set(depth -1)
    endif()
    set(before "${t}")
  endforeach()

  # The more often a name is used, the shorter it gets.
  set(letters a b c d e f g h i j k l m n o p q r s t u v w x y z)
  set(capitals)
  set(pairs)
  foreach(a IN LISTS letters)
    string(TOUPPER ${a} capital)
    list(APPEND capitals ${capital})
    foreach(b IN LISTS letters)
      list(APPEND pairs ${a}${b})
    endforeach()
  endforeach()
  set(free)
  foreach(name ${letters} ${capitals} _ $ ${pairs})
    if(NOT DEFINED used_${name} AND NOT name MATCHES "^(do|if|in|of|as)$")
      list(APPEND free ${name})
    endif()
  endforeach()
  list(REMOVE_DUPLICATES declared)
  set(ranked)
  foreach(name IN LISTS declared)
    string(LENGTH ${name} length)
    if(length GREATER 1 AND NOT DEFINED both_${name})
      list(APPEND ranked ${used_${name}}:${name})
    endif()
  endforeach()
  list(SORT ranked COMPARE NATURAL ORDER DESCENDING)
  foreach(name IN LISTS ranked)
    string(REGEX REPLACE "^.*:" "" name ${name})
    list(POP_FRONT free short_${name})
  endforeach()
  set(short_const let) # a name that is never assigned, by then

  # White space stays between words; a line's end where a statement might end
  # without a semicolon.
  set(result "")
  set(before ";")
  foreach(i RANGE ${last})
    set(t "${tok_${i}}")
    set(gap "${gap_${i}}")
    if(gap STREQUAL " " AND NOT
       (before MATCHES "[A-Za-z0-9_$]$" AND t MATCHES "^[A-Za-z0-9_$]") AND NOT
       (before MATCHES "[-+]$" AND t MATCHES "^[-+]"))
      set(gap "")
    elseif(gap STREQUAL "\n" AND
           (before MATCHES "^[{(,=+?:&|${_semi}${_open}]$" OR before STREQUAL "=>" OR
            t MATCHES "^[})?:&|.${_shut}]"))
      set(gap "")
    endif()
    set(before "${t}")
    if(DEFINED short_${t} AND NOT DEFINED plain_${i})
      set(t ${short_${t}})
    endif()
    string(APPEND result "${gap}${t}")
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
