# pv_embed(OUT_VAR files...): C sources that hold the files as byte arrays.
#
# templates/style.css becomes `const unsigned char pv_asset_style_css[]` and
# `const size_t pv_asset_style_css_size`.  Scripts and style sheets are squeezed
# (squeeze.cmake); what they then are stands beside the C source.  No host tool:
# CMake writes them.
function(pv_embed out)
  set(sources)
  foreach(file ${ARGN})
    get_filename_component(base ${file} NAME)
    pv_embed_joined(sources ${base} ${file})
  endforeach()
  set(${out} ${sources} PARENT_SCOPE)
endfunction()

# pv_embed_joined(LIST_VAR name files...): adds the C source of one asset of that
# name, the files one after the other.
function(pv_embed_joined list base)
  string(MAKE_C_IDENTIFIER ${base} id)
  set(target ${CMAKE_CURRENT_BINARY_DIR}/embed/${id}.c)
  set(parts ${ARGN})
  list(TRANSFORM parts PREPEND ${CMAKE_CURRENT_SOURCE_DIR}/)
  string(JOIN "|" in ${parts})
  add_custom_command(OUTPUT ${target}
    COMMAND ${CMAKE_COMMAND} -DIN=${in} -DOUT=${target} -DID=${id}
            -DPLAIN=${CMAKE_CURRENT_BINARY_DIR}/embed/${base}
            -P ${PROJECT_SOURCE_DIR}/cmake/embed_file.cmake
    DEPENDS ${parts} ${PROJECT_SOURCE_DIR}/cmake/embed_file.cmake
            ${PROJECT_SOURCE_DIR}/cmake/squeeze.cmake
            ${PROJECT_SOURCE_DIR}/cmake/squeeze_js.cmake
    VERBATIM)
  set(${list} ${${list}} ${target} PARENT_SCOPE)
endfunction()
