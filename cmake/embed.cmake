# pv_embed(OUT_VAR files... [JOIN name files...]): C sources that hold the files
# as byte arrays.
#
# templates/style.css becomes `const unsigned char pv_asset_style_css[]` and
# `const size_t pv_asset_style_css_size`; the files behind JOIN become one asset
# of that name.  Scripts and style sheets are squeezed (squeeze.cmake); what they
# then are stands beside the C source.  No host tool: CMake writes them.
function(pv_embed out)
  cmake_parse_arguments(arg "" "" JOIN ${ARGN})
  list(POP_FRONT arg_JOIN joined)
  set(sources)
  foreach(file ${arg_UNPARSED_ARGUMENTS} ${joined})
    get_filename_component(base ${file} NAME)
    string(MAKE_C_IDENTIFIER ${base} id)
    set(target ${CMAKE_CURRENT_BINARY_DIR}/embed/${id}.c)
    set(parts ${file})
    if(file STREQUAL joined)
      set(parts ${arg_JOIN})
    endif()
    list(TRANSFORM parts PREPEND ${CMAKE_CURRENT_SOURCE_DIR}/)
    string(JOIN "|" in ${parts})
    add_custom_command(OUTPUT ${target}
      COMMAND ${CMAKE_COMMAND} -DIN=${in} -DOUT=${target} -DID=${id}
              -DPLAIN=${CMAKE_CURRENT_BINARY_DIR}/embed/${base}
              -P ${PROJECT_SOURCE_DIR}/cmake/embed_file.cmake
      DEPENDS ${parts} ${PROJECT_SOURCE_DIR}/cmake/embed_file.cmake
              ${PROJECT_SOURCE_DIR}/cmake/squeeze.cmake
      VERBATIM)
    list(APPEND sources ${target})
  endforeach()
  set(${out} ${sources} PARENT_SCOPE)
endfunction()
